import Markup
import Reporting

/// Why a page cannot be shown, and what to do instead.
public struct ErrorPage: Page, Hashable {
    public var kind: Kind
    /// Ways onwards; the start page among them.
    public var onwards: [Link]

    public enum Kind: Hashable, Sendable {
        /// 404
        case notFound
        /// 403; the sentence says why, in the reader's language.
        case forbidden(reason: String)
        /// 400 or 422; every problem at once.
        case badInput([Problem])
        /// 413
        case tooLarge
        /// 500; the reference finds the event in the server's log.
        case failure(reference: String)
    }

    /// One thing that was wrong with what was sent.
    public struct Problem: Hashable, Sendable {
        /// The field or part of the address, in the reader's words.
        public var field: String
        public var found: String
        /// What would have been accepted, in the reader's language.
        public var accepted: String
        public init(field: String, found: String, accepted: String) {
            self.field = field
            self.found = found
            self.accepted = accepted
        }
    }

    public init(_ kind: Kind, onwards: [Link]) {
        self.kind = kind
        self.onwards = onwards
    }

    /// The status code of the answer.
    public var status: Int {
        switch kind {
        case .notFound: 404
        case .forbidden: 403
        case .badInput: 400
        case .tooLarge: 413
        case .failure: 500
        }
    }

    private var key: String {
        switch kind {
        case .notFound: "views.error.notFound"
        case .forbidden: "views.error.forbidden"
        case .badInput: "views.error.badInput"
        case .tooLarge: "views.error.tooLarge"
        case .failure: "views.error.failure"
        }
    }

    public func title(_ wording: Wording) -> String { wording(key + ".headline") }

    public func main(to html: inout HTML, _ paper: Paper) {
        let wording = paper.wording
        html(.p, class: "lead", text: wording(key + ".text"))
        switch kind {
        case .notFound, .tooLarge: break
        case .forbidden(let reason): html(.p, class: "notice", text: reason)
        case .badInput(let problems):
            html(.ul) { html in
                for problem in problems {
                    html(
                        .li,
                        text: wording(
                            "views.error.problem",
                            [
                                "field": problem.field, "found": problem.found,
                                "accepted": problem.accepted,
                            ]))
                }
            }
        case .failure(let reference):
            html(.p, text: wording("views.error.reference", ["reference": reference]))
        }
        html.links(onwards)
    }
}
