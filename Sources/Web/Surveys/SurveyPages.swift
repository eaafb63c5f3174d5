import Chronology
import Indicators
import Jobcenter
import Registry
import Reporting
import Surveys
import Views

extension Desk {
    func surveys(_ route: SurveyRoute, _ visit: Visit) async throws -> Answer {
        switch route {
        case .list: return try await surveyList(visit)
        case .one(let number): return try await surveyResults(number, visit)
        case .file(let number): return try await surveyFile(number, visit)
        case .new: return try await surveyDraft(nil, visit)
        case .manage(let number): return try await manageSurvey(number, visit)
        case .links(let number): return try await surveyLinks(number, visit)
        case .words(let number): return try await surveyWords(number, visit)
        case .form(let number, .edit): return try await surveyDraft(number, visit)
        case .form(let number, .quote): return try await surveyQuote(number, visit)
        case .form(let number, let form): return try await surveyAct(number, form, visit)
        }
    }

    /// Every wave that is over; those who manage them also see what is under way.
    private func surveyList(_ visit: Visit) async throws -> Answer {
        let list = try await SurveyCase(house).list(in: municipality.code, by: visit.actor)
        var parts = [visit.ended(list.ended)]
        if !list.totals.isEmpty { parts.append(visit.totals(list.totals)) }
        var acts: [Link] = []
        if visit.mayManageSurveys {
            let files = try await SurveyCase(house).files(
                in: municipality.code, by: visit.actor)
            parts.insert(visit.underWay(files), at: 0)
            acts.append(Link(visit.text("views.surveyWork.new"), SurveyRoute.new.path))
        }
        acts.append(Link(visit.text("views.heard.headline"), QualityRoute.heard.path))
        if visit.session != nil, visit.mayReadSmallCounts {
            acts.append(Link(visit.text("views.trends.link"), Route.feedbackTrends.path))
        }
        return visit.page(
            PoolPage(
                headline: visit.text("views.surveys.headline"),
                lead: visit.text("views.surveys.lead"), acts: acts, parts: parts))
    }

    /// What a wave says; open to everybody when it is over.
    private func surveyResults(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard
            let results = try await SurveyCase(house).results(
                of: FactID(number), in: municipality.code, by: visit.actor)
        else { return visit.error(.notFound) }
        var acts = [
            Link(visit.text("views.surveys.csv"), SurveyRoute.file(number).path),
            Link(visit.text("views.surveys.all"), SurveyRoute.list.path),
        ]
        if visit.session != nil, visit.peopleRefusal == nil {
            acts.append(Link(visit.text("views.surveyWork.words"), SurveyRoute.words(number).path))
        }
        return visit.page(
            PoolPage(
                headline: results.wave.title, lead: visit.lead(results),
                receipt: results.isIntact ? nil : visit.text("views.surveys.notIntact"),
                acts: acts,
                parts: [
                    visit.themes(results), visit.weights(results), visit.quotes(results),
                    visit.sendings(results.sendings), visit.questions, visit.method(results),
                ]), breadcrumb: visit.surveysTrail)
    }

    private func surveyFile(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard
            let results = try await SurveyCase(house).results(
                of: FactID(number), in: municipality.code, by: visit.actor)
        else { return visit.error(.notFound) }
        return Answer(
            contentType: "text/csv; charset=utf-8",
            body: CSVWriter.danish.bytes(visit.sheet(results), visit.wording),
            fileName: "\(visit.text("views.surveys.fileName"))-\(number).csv")
    }
}

extension Visit {
    var mayManageSurveys: Bool {
        session != nil
            && Policy.refusal(of: .manageSurvey, by: actor, in: desk.municipality.code) == nil
    }

    var surveysTrail: [Link] {
        [Link(text("views.section.surveys"), SurveyRoute.list.path)]
    }

    func window(_ from: Day, _ to: Day) -> String {
        text("views.surveys.window", ["from": wording.day(from), "to": wording.day(to)])
    }

    /// The mode in a sentence.
    func mode(_ mode: SurveyMode) -> String {
        text("term.surveyMode.\(mode.rawValue)").lowercased()
    }

    func percent(_ share: Double) -> String { wording.amount(100 * share, .percent) }

    /// How many of those asked have answered.
    func rate(_ answered: Int, _ invited: Int) -> String {
        invited == 0 ? "" : percent(Double(answered) / Double(invited))
    }

    fileprivate func lead(_ results: SurveyResults) -> String {
        let (wave, estimate) = (results.wave, results.estimate)
        return text(
            "views.surveys.oneLead",
            [
                "frame": wording.number(estimate.frame), "day": wording.day(wave.frameDay),
                "invited": wording.number(estimate.invited),
                "answered": wording.number(estimate.answered),
                "rate": rate(estimate.answered, estimate.invited),
                "window": window(wave.opens, wave.closes), "mode": mode(wave.mode),
            ])
    }

    fileprivate func underWay(_ files: [SurveyFile]) -> PoolPage.Part {
        .lines(
            CaseListPage.Section(
                heading: text("views.surveyWork.heading"),
                lines: files.filter { $0.wave.ended == nil }.map { file in
                    CaseListPage.Line(
                        heading: file.wave.title, details: [stage(file)], by: "",
                        links: [
                            Link(
                                text("views.surveyWork.open"),
                                SurveyRoute.manage(file.wave.id.number).path)
                        ])
                }, forms: [], nothing: text("views.surveyWork.none")))
    }

    /// When links were made, and for how many.
    func sendings(_ sendings: [SurveySending]) -> PoolPage.Part {
        .lines(
            CaseListPage.Section(
                heading: text("views.surveys.sent"),
                lines: sendings.enumerated().map { place, sending in
                    CaseListPage.Line(
                        heading: text(
                            place == 0 ? "views.surveys.invitation" : "views.surveys.reminder",
                            [
                                "day": wording.day(sending.day),
                                "n": wording.number(sending.count),
                            ]), details: [], by: "")
                }, forms: []))
    }

    fileprivate var questions: PoolPage.Part {
        .lines(
            CaseListPage.Section(
                heading: text("views.surveys.wordings"),
                lines: SurveyTheme.allCases.map { theme in
                    CaseListPage.Line(
                        heading: text("term.surveyTheme.\(theme.rawValue)"),
                        details: [
                            text("views.survey.question.\(theme.rawValue)"),
                            text("views.surveys.scale"),
                        ], by: "")
                }, forms: []))
    }

    fileprivate func method(_ results: SurveyResults) -> PoolPage.Part {
        let frame = wording.number(results.estimate.frame)
        return .lines(
            CaseListPage.Section(
                heading: text("views.surveys.method"),
                lines: [
                    CaseListPage.Line(
                        heading: fact(results),
                        details: [
                            text("views.surveys.method1", ["frame": frame]),
                            text("views.surveys.method2"), text("views.surveys.method3"),
                            text("views.surveys.method4"),
                        ], by: "")
                ], forms: []))
    }

    fileprivate func quotes(_ results: SurveyResults) -> PoolPage.Part {
        .lines(
            CaseListPage.Section(
                heading: text("views.surveys.quotes"),
                lines: results.quotes.enumerated().map { place, quote in
                    CaseListPage.Line(
                        heading: text(
                            "views.surveys.quote", ["n": wording.number(place + 1)]),
                        details: [quote], by: text("views.surveys.quotesNote"))
                }, forms: []))
    }
}
