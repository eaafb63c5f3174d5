import Jobcenter
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The four questions after a conversation. Whoever has the key can answer once; the page
    /// names nobody.
    func feedback(_ key: String, _ visit: Visit) async throws -> Answer {
        if visit.call.isTooLarge { return visit.error(.tooLarge) }
        let feedback = FeedbackCase(house)
        guard let found = try await feedback.question(key, in: municipality.code) else {
            return visit.error(.notFound)
        }
        if visit.call.query["receipt"] != nil, found == .answered {
            return visit.message("thanks", ["number": visit.call.query["receipt"] ?? ""])
        }
        guard case .open(let talk) = found else {
            return visit.message(found == .answered ? "answered" : "closed")
        }
        var typed = Typed(visit.call.form, isEmpty: visit.call.method == .get)
        if visit.call.method == .post {
            let scales = FeedbackScale.allCases.map { scale -> Int in
                let value = typed.query[scale.rawValue].flatMap { Int($0) }
                if value == nil { typed.reject(scale.rawValue, "scale") }
                return value ?? 0
            }
            do {
                try typed.check()
                let receipt = try await feedback.answer(
                    key,
                    FeedbackAnswers(
                        heard: scales[0], topics: scales[1], method: scales[2],
                        overall: scales[3]), words: typed.words("words"),
                    subject: visit.text(
                        "views.feedback.subject", ["day": visit.wording.day(talk.day)]),
                    in: municipality.code)
                return .redirect(
                    Route.feedback(key).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                if typed.problems.isEmpty { typed.reject(found.all) }
            }
        }
        return visit.feedbackForm(talk, key, typed)
    }
}

/// The questions in their order (Feedback-modellen: four scales).
enum FeedbackScale: String, CaseIterable {
    case heard, topics, method, overall
}

extension Visit {
    fileprivate func feedbackForm(
        _ talk: Conversation, _ key: String, _ typed: Typed
    ) -> Answer {
        let fields = FeedbackScale.allCases.map { scale in
            FormField(
                scale.rawValue, text("views.feedback.\(scale.rawValue)"),
                .radios((0...10).map { step($0, typed.query[scale.rawValue]) }))
        }
        let words = FormField(
            "words", text("views.feedback.words"), .long(typed.text("words")),
            help: text("views.feedback.wordsHelp"))
        return page(
            FormPage(
                headline: text("views.feedback.headline", ["day": wording.day(talk.day)]),
                lead: text("views.feedback.lead"), fields: told(fields + [words], typed.problems),
                save: text("views.feedback.save"),
                back: Link(text("views.section.home"), Route.home.path),
                action: Route.feedback(key).path), status: typed.problems.isEmpty ? 200 : 400)
    }

    private func step(_ value: Int, _ chosen: String?) -> Choice {
        let label =
            switch value {
            case 0: text("views.feedback.least")
            case 10: text("views.feedback.most")
            default: String(value)
            }
        return Choice(value: String(value), label: label, isSelected: chosen == String(value))
    }

    fileprivate func message(_ key: String, _ values: [String: String] = [:]) -> Answer {
        page(
            CaseListPage(
                headline: text("views.feedback.\(key)"),
                lead: text("views.feedback.\(key)Text", values), sections: []))
    }
}
