import Chronology
import Jobcenter
import Registry
import Reporting
import Views

extension Desk {
    /// The questions of a survey, without signing in. A link answers once, and every one that
    /// leads nowhere any more says why.
    func survey(_ secret: String, _ visit: Visit) async throws -> Answer {
        if visit.call.isTooLarge { return visit.error(.tooLarge) }
        let cases = SurveyCase(house)
        var typed = Typed(visit.call.form, isEmpty: visit.call.method == .get)
        if visit.call.method == .post {
            do {
                let reply = try typed.reply()
                let found = try await cases.answer(
                    secret, reply, number: number(), in: municipality.code)
                if case .open? = found {
                    return .redirect(Route.survey(secret).link([("sent", "1")]))
                }
                return visit.told(found)
            } catch let found as FieldProblems {
                if typed.problems.isEmpty { typed.reject(found.all) }
            }
        }
        let found = try await cases.opened(secret, in: municipality.code)
        if found == .answered, visit.call.query["sent"] != nil { return visit.message("thanks") }
        guard case .open? = found else { return visit.told(found) }
        return visit.surveyForm(secret, typed)
    }
}

extension Typed {
    /// Throws `FieldProblems` where a question was passed over.
    fileprivate mutating func reply() throws(FieldProblems) -> SurveyReply {
        var scores: [Int?] = []
        for theme in SurveyTheme.allCases {
            switch query[theme.rawValue] {
            case "unknown"?: scores.append(nil)
            case let value?:
                if Int(value) == nil { reject(theme.rawValue, "surveyScore") }
                scores.append(Int(value))
            case nil: reject(theme.rawValue, "surveyScore")
            }
        }
        let words = words("words")
        if words.count > SurveyCase.longestWords {
            reject(
                "words", "surveyWords",
                ["most": String(SurveyCase.longestWords), "length": String(words.count)])
        }
        try check()
        return SurveyReply(scores: scores, words: words)
    }
}

extension Visit {
    fileprivate func message(_ key: String, _ values: [String: String] = [:]) -> Answer {
        page(
            CaseListPage(
                headline: text("views.survey.\(key)"),
                lead: text("views.survey.\(key)Text", values), sections: [],
                acts: [Link(text("views.survey.results"), SurveyRoute.list.path)]))
    }

    fileprivate func told(_ link: SurveyLink?) -> Answer {
        switch link {
        case .answered?, .open?: message("answered")
        case .closed(let day)?: message("closed", ["day": wording.day(day)])
        case .notYet(let day)?: message("notYet", ["day": wording.day(day)])
        case nil:
            page(
                CaseListPage(
                    headline: text("views.survey.unknownLink"),
                    lead: text("views.survey.unknownLinkText"), sections: []), status: 404)
        }
    }

    fileprivate func surveyForm(_ secret: String, _ typed: Typed) -> Answer {
        let questions = SurveyTheme.allCases.map { theme in
            FormField(
                theme.rawValue, text("views.survey.question.\(theme.rawValue)"),
                .radios(steps(theme, typed.query[theme.rawValue])))
        }
        let words = FormField(
            "words", text("views.survey.words"), .long(typed.query["words"] ?? ""),
            help: text(
                "views.survey.wordsHelp", ["most": wording.number(SurveyCase.longestWords)]))
        return page(
            FormPage(
                headline: text("views.survey.headline"),
                lead: text(
                    "views.survey.lead",
                    ["authority": text("web.authority", ["name": desk.municipality.name])]),
                fields: told(questions + [words], typed.problems),
                save: text("views.survey.save"),
                back: Link(text("views.survey.results"), SurveyRoute.list.path),
                action: Route.survey(secret).path), status: typed.problems.isEmpty ? 200 : 400)
    }

    private func steps(_ theme: SurveyTheme, _ chosen: String?) -> [Choice] {
        let scale = theme == .overall ? "satisfied" : "agree"
        return (1...5).map {
            Choice(
                value: String($0), label: text("views.survey.\(scale).s\($0)"),
                isSelected: chosen == String($0))
        } + [
            Choice(
                value: "unknown", label: text("views.survey.unknown"),
                isSelected: chosen == "unknown")
        ]
    }
}
