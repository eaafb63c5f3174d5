import Chronology
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Views

extension Desk {
    /// Questions about what the law allows, each with its arithmetic. Nothing is kept, and
    /// nothing about a person is looked up.
    func allowed(_ visit: Visit) async throws -> Answer {
        var fields = FieldReader(visit.call.query)
        let starts = fields.day("starts") ?? house.clock.today()
        let statutes = try await LawCase(house).statutes()
        let limits = statutes.limits
        var answer: Law.Answer?
        let asked = visit.call.query["ask"]
        if asked == "ratio" {
            let question = fields.ratio(starts)
            try fields.check()
            answer = limits.ratio(question)
        } else if asked == "net" {
            let (question, now) = fields.net(starts)
            try fields.check()
            answer = limits.netEmployment(question, now: now)
        } else if asked == "offer" {
            let question = fields.offer(starts)
            try fields.check()
            answer = limits.offer(question)
        }
        try fields.check()
        return visit.page(
            AllowedPage(
                starts: starts, ratio: visit.ratioFields, net: visit.netFields,
                offer: visit.offerFields(fields), others: visit.questions(statutes.entitlements),
                outcome: asked.map { _ in visit.outcome(answer, of: "allowed") },
                action: Route.allowed.path),
            section: .law,
            breadcrumb: visit.lawTrail)
    }
}

extension FieldReader {
    /// A decimal number, with a comma or a point; `standard` when it is absent.
    fileprivate mutating func hundredths(_ name: String, _ standard: Int) -> Int {
        guard let text = query[name] else { return standard }
        guard let number = ScalarForms.number(text.replacing(",", with: ".")), number >= 0,
            number <= 1_000_000
        else {
            reject(name, text, "web.accepted.decimal")
            return standard
        }
        return Int((number * 100).rounded())
    }

    private mutating func word<Word: RawRepresentable & CaseIterable>(
        _ name: String, _ standard: Word
    ) -> Word where Word.RawValue == String {
        guard let text = query[name] else { return standard }
        if let word = Word(rawValue: text) { return word }
        reject(name, text, "web.accepted.choice")
        return standard
    }

    fileprivate mutating func ratio(_ starts: Day) -> EmployerQuestion {
        let month = Month(containing: starts) - 1
        let week = WeeklyTime.full
        let hours = hundredths("hours", 0)
        let present = hundredths("present", 0)
        return EmployerQuestion(
            starts: starts, work: [.init(month, hours: hours)],
            inOffers: [
                .init(
                    .companyInternshipPrivate,
                    WeeklyTime(minutes: Int32(present * Int(week.minutes) / 100)))
            ],
            asked: .init(
                word("kind", OfferKind.companyInternshipPrivate),
                WeeklyTime(minutes: Int32(hundredths("weekly", 3_700) * 60 / 100))))
    }

    fileprivate mutating func net(_ starts: Day) -> (EmployerQuestion, now: Int) {
        // The average stands for each of the months it was taken over.
        let month = Month(containing: starts) - 1
        let question = EmployerQuestion(
            starts: starts, work: [.init(month, hours: hundredths("average", 0))],
            inOffers: [],
            asked: .init(
                word("kind", OfferKind.wageSubsidyPrivate),
                WeeklyTime(minutes: Int32(hundredths("weekly", 3_700) * 60 / 100))))
        return (question, hundredths("now", 0))
    }

    fileprivate mutating func offer(_ starts: Day) -> OfferQuestion {
        let ends = day("ends") ?? starts + 27
        if ends < starts { reject("ends", ends.danish, "web.accepted.later") }
        let category = query["category"].map { _ in word("category", MatchCategory.jobReady) }
        return OfferQuestion(
            word("kind", OfferKind.companyInternshipPrivate), starts: starts, ends: ends,
            group: word("group", TargetGroup.group1), category: category,
            age: hundredths("age", 3_000) / 100, isQualified: query["unqualified"] == nil,
            isSingleParent: query["singleParent"] != nil,
            monthsOnBenefits: hundredths("months", 0) / 100,
            isAtLastEmployer: query["lastEmployer"] != nil,
            isExtended: query["extended"] != nil, isTest: query["test"] != nil)
    }
}

extension Visit {
    fileprivate var ratioFields: AllowedPage.Ratio {
        AllowedPage.Ratio(
            hours: call.query["hours"] ?? "", present: call.query["present"] ?? "",
            weekly: call.query["weekly"] ?? "37",
            kinds: choices(OfferKind.allCases, "term.offer", "kind"))
    }

    fileprivate var netFields: AllowedPage.Net {
        AllowedPage.Net(
            average: call.query["average"] ?? "", now: call.query["now"] ?? "",
            weekly: call.query["weekly"] ?? "37",
            kinds: choices(
                [.wageSubsidyPrivate, .wageSubsidyPublic] as [OfferKind], "term.offer", "kind"))
    }

    /// The questions that have pages of their own, by area.
    fileprivate func questions(_ book: EntitlementBook) -> [AllowedPage.Questions] {
        RuleArea.allCases.compactMap { area in
            let links = book.entitlements.filter { $0.area == area }.map {
                Link($0.question[language], Route.entitlement($0.id).path)
            }
            return links.isEmpty
                ? nil : AllowedPage.Questions(area: text("law.area.\(area)"), links: links)
        }
    }

    fileprivate func offerFields(_ fields: FieldReader) -> AllowedPage.Offer {
        var fields = fields
        let categories = choices(MatchCategory.allCases, "term.matchCategory", "category")
        return AllowedPage.Offer(
            ends: fields.day("ends"), age: call.query["age"] ?? "",
            months: call.query["months"] ?? "",
            kinds: choices(OfferKind.allCases, "term.offer", "kind"),
            groups: choices(TargetGroup.allCases, "term.targetGroup", "group"),
            categories: [Choice(value: "", label: text("views.allowed.anyCategory"))] + categories,
            checked: Set(AllowedPage.Offer.marks.filter { call.query[$0] != nil }))
    }

    func choices<Word: RawRepresentable>(
        _ words: [Word], _ key: String, _ field: String
    ) -> [Choice] where Word.RawValue == String {
        words.map {
            Choice(
                value: $0.rawValue, label: text("\(key).\($0.rawValue)"),
                isSelected: call.query[field] == $0.rawValue)
        }
    }

    /// `views` names the page's words for yes and no.
    func outcome(_ answer: Law.Answer?, of views: String) -> Outcome {
        guard let answer else {
            return Outcome(
                heading: text("views.\(views).none"), basis: "",
                lines: [Outcome.Line(text("law.answer.none"))])
        }
        return Outcome(
            heading: text("views.\(views).\(answer.verdict)"),
            basis: [answer.basis.law, lawTexts.marks(answer)].filter { !$0.isEmpty }
                .joined(separator: " "),
            lines: answer.steps.map { Outcome.Line(lawTexts.line($0), depth: $0.depth) })
    }
}
