import Chronology
import Registry

@testable import Law

/// A rule book with one thing wrong: a deadline shifted, a code swapped, a condition
/// dropped.
struct Mutant {
    var what: String
    var duty: String
    var book: RuleBook

    static func all(of book: RuleBook) -> [Mutant] {
        continuations(of: book)
            + book.duties.indices.flatMap { position in
                mutations(of: book.duties[position]).map { what, duty in
                    var duties = book.duties
                    duties[position] = duty
                    return Mutant(
                        what: what, duty: duty.id,
                        book: RuleBook(duties: duties, continuations: book.continuations))
                }
            }
    }

    /// A change of benefit that wrongly does or does not begin a new period. The cases
    /// about conversations on cash benefit are to notice.
    private static func continuations(of book: RuleBook) -> [Mutant] {
        book.continuations.indices.flatMap { position -> [Mutant] in
            let continuation = book.continuations[position]
            var found: [(String, Continuation?)] = [("dropped", nil)]
            func add(_ what: String, _ change: (inout Continuation) -> Void) {
                var changed = continuation
                change(&changed)
                found.append((what, changed))
            }
            for benefit in continuation.leaving {
                add("not leaving \(benefit)") { $0.leaving.remove(benefit) }
            }
            for benefit in continuation.into {
                add("not into \(benefit)") { $0.into.remove(benefit) }
            }
            for step in [-1, 1] {
                add("begins \(step)") { $0.basis.validFrom = $0.basis.validFrom + step }
                add("ends \(step)") { $0.basis.validTo = $0.basis.validTo.map { $0 + step } }
            }
            return found.map { what, changed in
                var all = book.continuations
                all.remove(at: position)
                return Mutant(
                    what: "\(continuation.id): \(what)", duty: "contact-six-months-cash",
                    book: RuleBook(
                        duties: book.duties,
                        continuations: all + [changed].compactMap { $0 }))
            }
        }
    }

    private static func mutations(of duty: Duty) -> [(String, Duty)] {
        var found: [(String, Duty)] = triggers(duty.trigger).filter { $1 != duty.trigger }.map {
            what, trigger in
            var changed = duty
            changed.trigger = trigger
            return ("\(duty.id): \(what)", changed)
        }
        for index in duty.versions.indices {
            for (what, rule) in mutations(of: duty.versions[index]) {
                var changed = duty
                changed.versions[index] = rule
                found.append(("\(rule.id): \(what)", changed))
            }
            if index > 0, !duty.versions[index].isProposed {
                // The change-over a day later.
                var changed = duty
                let day = duty.versions[index].validFrom
                changed.versions[index].validFrom = day + 1
                changed.versions[index - 1].validTo = day
                found.append(("\(duty.versions[index].id): takes over a day later", changed))
            }
        }
        return found
    }

    private static func mutations(of rule: Rule) -> [(String, Rule)] {
        var found: [(String, Rule)] = []
        func add(_ what: String, _ change: (inout Rule) -> Void) {
            var changed = rule
            change(&changed)
            if changed != rule { found.append((what, changed)) }
        }
        for step in [-1, 1] {
            add("due \(step)") { $0.due.count = max(0, $0.due.count + step) }
            if rule.count + step > 0 { add("count \(step)") { $0.count += step } }
            add("opens \(step)") { $0.opens?.count += step }
            add("repeats \(step)") { $0.repeats?.every.count += step }
            add("after exemption \(step)") { $0.afterExemption?.count += step }
        }
        add("opens at the trigger") { $0.opens = nil }
        add("never repeats") { $0.repeats = nil }
        add("repeats for ever") { $0.repeats?.until = nil }
        add("a duty for a right") { $0.isRight.toggle() }
        add("nothing after an exemption") { $0.afterExemption = nil }
        for state in rule.exempt { add("\(state) exempts no more") { $0.exempt.remove(state) } }
        for index in rule.appliesTo.indices {
            for (what, condition) in conditions(rule.appliesTo[index]) {
                add(what) { $0.appliesTo[index] = condition }
            }
        }
        for (what, asks) in acts(rule.asks) { add(what) { $0.asks = asks } }
        return found
    }

    private static func conditions(_ condition: Condition) -> [(String, Condition)] {
        var found: [(String, Condition)] = []
        func add(_ what: String, _ change: (inout Condition) -> Void) {
            var changed = condition
            change(&changed)
            if changed != condition { found.append((what, changed)) }
        }
        add("any benefit") { $0.benefits = nil }
        add("any group") { $0.groups = nil }
        add("any category") { $0.categories = nil }
        add("any state") { $0.states = nil }
        add("employed or not") { $0.isEmployed = nil }
        add("qualified or not") { $0.isQualified = nil }
        for step in [-1, 1] {
            add("permit \(step)") { $0.permitYearsFrom? += step }
            add("permit under \(step)") { $0.permitYearsUnder? += step }
            add("age \(step)") { $0.ageFrom? += step }
            add("age under \(step)") { $0.ageUnder? += step }
        }
        for benefit in condition.withoutBenefits {
            add("also on \(benefit)") { $0.withoutBenefits.remove(benefit) }
        }
        for group in condition.groups ?? [] { add("without \(group)") { $0.groups?.remove(group) } }
        for category in condition.categories ?? [] {
            add("without \(category)") { $0.categories?.remove(category) }
        }
        for state in condition.withoutStates {
            add("with \(state)") { $0.withoutStates.remove(state) }
        }
        return found
    }

    private static func acts(_ asks: RequiredAct) -> [(String, RequiredAct)] {
        switch asks {
        case .acts(let kinds):
            return kinds.map { kind in
                let other = next(kind)
                return ("\(other) for \(kind)", .acts(kinds.subtracting([kind]).union([other])))
            }
        case .offer(let kinds, let days):
            var found = kinds.map { kind -> (String, RequiredAct) in
                ("\(kind) does not count", .offer(kinds.subtracting([kind]), days: days))
            }
            for kind in Set(OfferKind.allCases).subtracting(kinds) {
                found.append(("\(kind) counts", .offer(kinds.union([kind]), days: days)))
            }
            found.append(("a day longer", .offer(kinds, days: days + 1)))
            return found
        }
    }

    private static func triggers(_ trigger: Trigger) -> [(String, Trigger)] {
        switch trigger {
        case .benefitPeriod(let benefits, let sets, let acts):
            func period(
                _ benefits: Set<Benefit>, _ sets: [Set<TargetGroup>], _ acts: Set<ActKind>
            ) -> Trigger { .benefitPeriod(benefits, newBetween: sets, askedBy: acts) }
            var found = less(benefits).map { ($0, period($1, sets, acts)) }
            if !sets.isEmpty {
                found.append(("no new period between groups", period(benefits, [], acts)))
            }
            if !acts.isEmpty {
                found.append(("counted from the benefit", period(benefits, sets, [])))
            }
            return found
        case .accumulation(let benefits): return less(benefits).map { ($0, .accumulation($1)) }
        case .stateBegins(let states): return [("when it ends", .stateEnds(states))]
        case .stateEnds(let states): return [("when it begins", .stateBegins(states))]
        case .groupBegins(let groups): return less(groups).map { ($0, .groupBegins($1)) }
        case .act(let kinds): return less(kinds).map { ($0, .act($1)) }
        case .offerBegins(let kinds): return less(kinds).map { ($0, .offerBegins($1)) }
        case .monthsOn(let benefits, let count, let months):
            return less(benefits).map { ($0, .monthsOn($1, count: count, of: months)) } + [
                ("a month more", .monthsOn(benefits, count: count + 1, of: months)),
                ("a month fewer", .monthsOn(benefits, count: count - 1, of: months)),
                ("looks further back", .monthsOn(benefits, count: count, of: months + 1)),
                ("looks less far back", .monthsOn(benefits, count: count, of: months - 1)),
            ]
        case .weeksOn(let benefits, let weeks, let months, let days):
            func changed(_ weeks: Int, _ months: Int, _ days: Int) -> Trigger {
                .weeksOn(benefits, over: weeks, of: months, after: days)
            }
            return [
                ("a week more", changed(weeks + 1, months, days)),
                ("a week fewer", changed(weeks - 1, months, days)),
                ("looks further back", changed(weeks, months + 1, days)),
                ("looks less far back", changed(weeks, months - 1, days)),
                ("first days count", changed(weeks, months, 0)),
            ]
        case .qualification: return [("at the age of 30", .birthday(30))]
        case .birthday(let age):
            return [("a year later", .birthday(age + 1)), ("a year earlier", .birthday(age - 1))]
        }
    }

    /// The set without each of its members.
    private static func less<Value: Hashable>(_ values: Set<Value>) -> [(String, Set<Value>)] {
        values.map { ("not set off by \($0)", values.subtracting([$0])) }
    }

    private static func next(_ kind: ActKind) -> ActKind {
        let all = ActKind.allCases
        let index = all.firstIndex(of: kind) ?? 0
        return all[(index + 1) % all.count]
    }
}
