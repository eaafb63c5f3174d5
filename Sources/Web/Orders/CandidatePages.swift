import Chronology
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Views

extension Visit {
    /// Those who fit an order, each with the reasons term by term.
    func page(
        of found: CandidatesFound, _ books: MatchingBooks, _ purpose: String
    ) -> CaseListPage {
        let order = found.order
        let number = order.order.id.number
        let may = mayRegisterCompany && order.isOpen
        return CaseListPage(
            headline: text(
                "views.candidates.headline",
                [
                    "n": wording.number(found.suggestions.count), "title": title(of: order),
                ]),
            lead: text(
                "views.candidates.lead",
                [
                    "seeking": wording.number(found.seeking), "number": String(found.lookup),
                    "purpose": purpose,
                ]),
            sections: [
                CaseListPage.Section(
                    heading: text("views.candidates.heading"),
                    lines: found.suggestions.enumerated().map { place, suggestion in
                        let citizen = CitizenID(suggestion.candidate)
                        return CaseListPage.Line(
                            heading: "\(place + 1). \(found.people[citizen]?.fullName ?? "")",
                            details: reasons(suggestion, books), by: "",
                            links: may
                                ? [
                                    Link(
                                        text("views.orderStep.refer"),
                                        Route.orderForm(number, .refer).link([
                                            ("id", String(citizen.number))
                                        ]))
                                ] : [])
                    }, forms: [], nothing: text("views.candidates.nobody"))
            ])
    }

    /// `72 af 100 point` and one line for each term.
    func reasons(_ suggestion: Suggestion, _ books: MatchingBooks) -> [String] {
        [
            text(
                "matching.sum",
                [
                    "points": wording.number(suggestion.points),
                    "most": wording.number(suggestion.most),
                ])
        ]
            + suggestion.terms.flatMap { term in
                words(term.reason, books).enumerated().map { line, words in
                    line > 0
                        ? words
                        : text(
                            "matching.term",
                            [
                                "why": words, "points": wording.number(term.points),
                                "most": wording.number(term.most),
                            ])
                }
            }
    }

    /// The reason, and what is missing.
    private func words(_ reason: MatchReason, _ books: MatchingBooks) -> [String] {
        func lists(_ key: String, _ has: [String], _ lacks: [String]) -> [String] {
            let names = has.isEmpty ? text("matching.none") : skills(has, books)
            return [text("matching.\(key)", ["skills": names])]
                + (lacks.isEmpty
                    ? [] : [text("matching.\(key)Lacks", ["skills": skills(lacks, books)])])
        }
        switch reason {
        case .wished(let id): return [text("matching.wished", ["name": occupation(id, books)])]
        case .near(let id, let shared, let all, let digits):
            return [
                text(
                    "matching.near",
                    [
                        "name": occupation(id, books), "shared": wording.number(shared),
                        "all": wording.number(all),
                        "group": text(
                            "matching.group.\(digits >= 3 ? "same" : digits > 0 ? "near" : "other")"
                        ),
                    ])
            ]
        case .far: return [text("matching.far")]
        case .must(let has, let lacks): return lists("must", has, lacks)
        case .nice(let has, let lacks): return lists("nice", has, lacks)
        case .hours(let common, let most):
            let hours = { (minutes: Int) in
                wording.number(Double(minutes) / 60, decimals: minutes % 60 == 0 ? 0 : 1)
            }
            return [text("matching.hours", ["common": hours(common), "most": hours(most)])]
        case .distance(let kilometres, let farthest):
            return [
                text(
                    kilometres > farthest ? "matching.tooFar" : "matching.distance",
                    ["km": wording.number(kilometres), "farthest": wording.number(farthest)])
            ]
        case .placeUnknown: return [text("matching.placeUnknown")]
        case .ownYes: return [text("matching.ownYes")]
        }
    }
}
