import Chronology
import Registry

extension CatalogueReader {
    /// The kernel an indicator names, with its parameters.
    func measure(_ entry: Entry) throws(IndicatorError) -> Measure {
        let kernel = try entry.required("kernel")
        let name = try kernel.string()
        let given = entry.optional("parameters")
        guard let known = CatalogueReader.parameters[name] else {
            throw kernel.wrong("no kernel is named \(name)")
        }
        try given?.check(keys: known)
        let parameters = given ?? entry
        if let measure = try dayMeasure(name, parameters, given) { return measure }
        if let measure = try personMeasure(name, parameters, given) { return measure }
        return try caseworkMeasure(name, parameters, given)
    }

    private static let parameters: [String: [String]] = [
        "fullTime": ["days"], "persons": ["days"],
        "spellsBegun": ["population"], "spellsEnded": ["population"],
        "spellsBegunFromOther": ["population", "withinDays"],
        "spellsEndedToOther": ["population", "withinDays"], "spellsOpenStart": ["population"],
        "spellsOpenEnd": ["population"],
        "meanDuration": ["population"], "spellsOpenOver": ["population", "weeks"],
        "exits": ["days", "statuses"], "unemploymentRate": ["days", "alongside", "ages"],
        "ageShare": ["days", "ages"], "longTermShare": ["days", "percent", "weeks"],
        "longTermUnbroken": ["days", "weeks", "gapDays", "gapHours"],
        "paidHours": ["population", "belowHours"], "paidHoursShare": ["population"],
        "offersStarted": ["kinds"], "offerPersons": ["kinds"], "offerFullTime": ["kinds"],
        "activationRate": ["population", "kinds"], "personsActivated": ["population", "kinds"],
        "shareActivated": ["population", "kinds"], "passive": ["population", "kinds", "months"],
        "conversations": [], "conversationsPerPerson": ["population"], "timely": [],
        "focusOffers": ["population", "months", "kinds", "narrowKinds", "narrowTo", "hours"],
        "focusConversations": ["population", "months", "conversations"],
        "selfSupporting": ["residenceBases", "matchCategories", "subsistence"],
        "inWork": ["kinds", "ages"], "jobOrders": [], "jobOrderPositions": [],
        "referralRate": [], "fillRate": [], "localMatchRate": [],
        "cooperation": ["offers", "employments", "employees"], "contacts": [],
        "ladderShare": ["step"], "ladderCost": [], "complaints": [], "feedbackAnswers": [],
        "feedbackMean": [],
    ]

    private func days(_ given: Entry?) throws(IndicatorError) -> DayRule {
        guard let entry = given?.optional("days") else { return DayRule() }
        return try dayRule(entry)
    }

    private func population(of given: Entry?) throws(IndicatorError) -> [PopulationClause]? {
        guard let entry = given?.optional("population") else { return nil }
        return try population(entry)
    }

    private func dayMeasure(
        _ name: String, _ p: Entry, _ given: Entry?
    ) throws(IndicatorError) -> Measure? {
        switch name {
        case "fullTime": return .fullTime(try days(given))
        case "persons": return .persons(try days(given))
        case "unemploymentRate":
            return .unemploymentRate(
                LabourForceRule(
                    unemployed: try days(given),
                    alongside: try p.required("alongside").set(Benefit.self),
                    ages: try p.required("ages").ages()))
        case "ageShare":
            return .ageShare(try days(given), ages: try p.required("ages").ages())
        case "longTermShare":
            return .longTermShare(
                try days(given), percent: try p.required("percent").int(),
                weeks: try p.required("weeks").int())
        case "longTermUnbroken":
            return .longTermUnbroken(
                try days(given), weeks: try p.required("weeks").int(),
                gapDays: try p.required("gapDays").int(),
                gapHours: try p.required("gapHours").int())
        case "spellsBegun": return .spells(.begun, try population(of: given))
        case "spellsBegunFromOther":
            let days = try p.required("withinDays").int()
            return .spells(.begunFromOther(days: days), try population(of: given))
        case "spellsEndedToOther":
            let days = try p.required("withinDays").int()
            return .spells(.endedToOther(days: days), try population(of: given))
        case "spellsEnded": return .spells(.ended, try population(of: given))
        case "spellsOpenStart": return .spells(.openStart, try population(of: given))
        case "spellsOpenEnd": return .spells(.openEnd, try population(of: given))
        case "meanDuration": return .spells(.meanWeeks, try population(of: given))
        case "spellsOpenOver":
            return .spells(
                .openOver(weeks: try p.required("weeks").int()), try population(of: given))
        default: return nil
        }
    }

    private func personMeasure(
        _ name: String, _ p: Entry, _ given: Entry?
    ) throws(IndicatorError) -> Measure? {
        switch name {
        case "exits":
            return .exits(
                ExitRule(
                    days: try p.required("days").int(),
                    statuses: try p.required("statuses").set(ExitStatus.self)))
        case "paidHours", "paidHoursShare":
            return .paidHours(
                PaidHoursRule(
                    population: try population(of: given), isShare: name == "paidHoursShare",
                    belowHours: try given?.optional("belowHours")?.int()))
        case "focusOffers": return .focus(try focusOffers(p))
        case "focusConversations":
            return .focus(
                FocusRule(
                    population: try population(try p.required("population")),
                    months: try p.required("months").int(),
                    lack: .conversations(try p.required("conversations").int())))
        case "selfSupporting":
            return .selfSupporting(
                SelfSupportRule(
                    bases: try p.required("residenceBases").set(ResidenceBasis.self),
                    categories: try p.required("matchCategories").set(MatchCategory.self),
                    subsistence: try p.required("subsistence").set(Benefit.self)))
        case "inWork":
            return .inWork(
                try p.required("kinds").set(EmploymentKind.self),
                ages: try p.required("ages").ages())
        case "ladderShare", "ladderCost": return try ladderMeasure(name, p)
        default: return nil
        }
    }

    private func ladderMeasure(_ name: String, _ p: Entry) throws(IndicatorError) -> Measure {
        guard let ladder else { throw p.wrong("no file has a ladder") }
        if name == "ladderCost" { return .ladderCost(ladder, rates) }
        let step = try p.required("step").int()
        guard (1...ladder.percents.count).contains(step) else {
            throw p.wrong("the ladder has steps 1 to \(ladder.percents.count)")
        }
        return .ladderShare(ladder, step: step - 1)
    }

    private func focusOffers(_ p: Entry) throws(IndicatorError) -> FocusRule {
        var hours: [(from: Day, hours: Int)] = []
        for row in try p.required("hours").list() {
            hours.append((try row.required("from").day(), try row.required("hours").int()))
        }
        return FocusRule(
            population: try population(try p.required("population")),
            months: try p.required("months").int(),
            lack: .offersAndHours(
                kinds: try kinds(try p.required("kinds")),
                narrowKinds: try kinds(try p.required("narrowKinds")),
                narrowTo: try population(try p.required("narrowTo")),
                hours: hours.sorted { $0.from < $1.from }))
    }

    private func caseworkMeasure(
        _ name: String, _ p: Entry, _ given: Entry?
    ) throws(IndicatorError) -> Measure {
        switch name {
        case "offersStarted": return .offers(.started, kinds: try kinds(try p.required("kinds")))
        case "offerPersons": return .offers(.persons, kinds: try kinds(try p.required("kinds")))
        case "offerFullTime": return .offers(.fullTime, kinds: try kinds(try p.required("kinds")))
        case "activationRate", "personsActivated", "shareActivated":
            let count: ActivationCount =
                name == "activationRate"
                ? .fullTimeRate : name == "personsActivated" ? .persons : .share
            return .activation(
                count, try population(of: given), kinds: try kinds(try p.required("kinds")))
        case "passive":
            return .passive(
                try population(of: given), kinds: try kinds(try p.required("kinds")),
                months: try p.required("months").int())
        case "conversations": return .conversations
        case "conversationsPerPerson":
            return .conversationsPerPerson(try population(of: given))
        case "timely": return .timely(deadlines)
        case "jobOrders": return .orders(.orders)
        case "jobOrderPositions": return .orders(.positions)
        case "referralRate": return .orders(.referral)
        case "fillRate": return .orders(.fill)
        case "localMatchRate": return .orders(.match)
        case "cooperation":
            return .cooperation(
                CooperationRule(
                    offers: try kinds(try p.required("offers")),
                    employments: try p.required("employments").set(EmploymentKind.self),
                    employees: try p.required("employees").int()))
        case "contacts": return .contacts
        case "complaints": return .complaints
        case "feedbackAnswers": return .feedback(mean: false)
        case "feedbackMean": return .feedback(mean: true)
        default: throw p.wrong("no kernel is named \(name)")
        }
    }
}
