extension Run {
    /// Runs the kernel of a measure.
    func run<S: Sink>(_ measure: Measure, into sink: inout S) {
        switch measure {
        case .fullTime(let rule): fullTime(rule, into: &sink)
        case .persons(let rule): persons(rule, into: &sink)
        case .spells(let count, let population): spells(count, population, into: &sink)
        case .exits(let rule): exits(rule, into: &sink)
        case .unemploymentRate(let rule): unemploymentRate(rule, into: &sink)
        case .ageShare(let rule, let ages): ageShare(rule, ages, into: &sink)
        case .longTermShare(let rule, let percent, let weeks):
            longTermShare(rule, percent: percent, weeks: weeks, into: &sink)
        case .longTermUnbroken(let rule, let weeks, let gapDays, let gapHours):
            longTermUnbroken(
                rule, weeks: weeks, gapDays: gapDays, gapHours: gapHours, into: &sink)
        case .paidHours(let rule): paidHours(rule, into: &sink)
        case .inWork(let kinds, let ages): inWork(kinds, ages, into: &sink)
        case .selfSupporting(let rule): selfSupporting(rule, into: &sink)
        case .focus(let rule): focus(rule, into: &sink)
        case .ladderShare(let rule, let step): ladderShare(rule, step: step, into: &sink)
        case .ladderCost(let rule, let rates): ladderCost(rule, rates, into: &sink)
        case .orders, .contacts, .cooperation: if part.isFirst { runBusiness(measure, into: &sink) }
        default: runCasework(measure, into: &sink)
        }
    }

    private func runCasework<S: Sink>(_ measure: Measure, into sink: inout S) {
        switch measure {
        case .offers(let count, let kinds): offers(count, kinds, into: &sink)
        case .activation(let count, let population, let kinds):
            activation(count, population, kinds, into: &sink)
        case .passive(let population, let kinds, let months):
            passive(population, kinds, months: months, into: &sink)
        case .conversations: conversations(into: &sink)
        case .conversationsPerPerson(let population):
            conversationsPerPerson(population, into: &sink)
        case .timely(let deadlines): timely(deadlines, into: &sink)
        case .complaints: complaints(into: &sink)
        case .feedback(let mean): feedback(isMean: mean, into: &sink)
        default: break
        }
    }

    private func runBusiness<S: Sink>(_ measure: Measure, into sink: inout S) {
        switch measure {
        case .orders(let count): orders(count, into: &sink)
        case .contacts: contacts(into: &sink)
        case .cooperation(let rule): cooperation(rule, into: &sink)
        default: break
        }
    }
}

extension Measure {
    /// True when the entities are companies or orders and not persons.
    var isAboutBusinesses: Bool {
        switch self {
        case .orders, .contacts, .cooperation: true
        default: false
        }
    }
}
