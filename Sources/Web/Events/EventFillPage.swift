import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The best distribution of an event's seats, with the reasons, beside the one that stands.
    func fillEvent(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard let purpose = visit.eventPurpose(number),
            let found = try await EventCase(house).distribution(
                of: FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        let books = try await CandidateCase(house).books()
        let filled = FilledEvent(visit: visit, found: found, books: books)
        return visit.page(
            filled.page, section: .companies,
            breadcrumb: visit.eventsTrail + [
                Link(found.file.summary.event.title, EventRoute.one(number).path)
            ])
    }
}

/// A distribution in words.
struct FilledEvent {
    let visit: Visit
    let found: EventDistribution
    let books: MatchingBooks

    private typealias Pair = AssignmentProblem.Pair
    private var filling: EventFilling { found.filling }
    private var number: Int64 { found.file.summary.event.id.number }

    private func text(_ key: String, _ values: [String: String] = [:]) -> String {
        visit.text("views.fill.\(key)", values)
    }

    private func n(_ count: Int) -> String { visit.wording.number(count) }

    func name(_ candidate: Int) -> String {
        visit.name(filling.participants[candidate].participant, found.file)
    }

    var page: CaseListPage {
        let seats = filling.stands.reduce(0) { $0 + $1.seats }
        guard let best = found.best else {
            return CaseListPage(
                headline: text("impossible"), lead: text("impossibleLead"),
                sections: [
                    CaseListPage.Section(
                        heading: text("why"),
                        lines: found.contradictions.enumerated().map { place, one in
                            CaseListPage.Line(
                                heading: text("reason", ["n": n(place + 1)]),
                                details: words(one), by: "")
                        }, forms: [])
                ])
        }
        if seats == 0 || filling.participants.isEmpty {
            return CaseListPage(
                headline: text("nothing"),
                lead: text(seats == 0 ? "noSeats" : "noPeople"), sections: [])
        }
        let changes = found.added.count + found.removed.count
        let distribute = Link(
            text("register"), EventRoute.form(number, .distribute).path)
        return CaseListPage(
            headline: text("headline", ["n": n(best.filled), "seats": n(seats)]),
            lead: text("lead", ["people": n(filling.participants.count)]),
            warnings: changes == 0
                ? []
                : [text("changes", ["new": n(found.added.count), "gone": n(found.removed.count)])],
            sections: filling.stands.indices.map { section($0, best) } + [
                left(best), shares(best),
            ],
            acts: changes > 0 && visit.mayRegisterCompany ? [distribute] : [])
    }

    /// A stand, and everybody who gets it.
    private func section(_ stand: Int, _ best: Matching.Assignment) -> CaseListPage.Section {
        let given = best.pairs.filter { $0.opening == stand }
            .sorted { (found.slots?[$0] ?? 0, $0) < (found.slots?[$1] ?? 0, $1) }
        let place = filling.stands[stand]
        return CaseListPage.Section(
            heading: text(
                "stand",
                ["title": place.title, "taken": n(given.count), "seats": n(place.seats)]),
            lines: given.map { pair in
                let time = found.slots?[pair].flatMap { found.file.summary.time(of: $0) }
                return CaseListPage.Line(
                    heading: (time.map { visit.clock($0) + " " } ?? "") + name(pair.candidate),
                    details: why(pair, best), by: "", links: links(pair))
            }, forms: [], nothing: text("empty"))
    }

    private func links(_ pair: AssignmentProblem.Pair) -> [Link] {
        guard visit.mayRegisterCompany else { return [] }
        let seat = found.seat(pair)
        return [
            Link(
                text("change"),
                Route.events(.form(number, .seat)).link([
                    ("id", seat.participant.written), ("stand", String(seat.stand.number)),
                ]))
        ]
    }

    /// Why a seat was given: what speaks for it, and what would be lost without it.
    private func why(_ pair: AssignmentProblem.Pair, _ best: Matching.Assignment) -> [String] {
        var details = fit(pair)
        guard let reason = best.reason(pair) else { return details }
        switch reason.standing {
        case .fixed: details.append(text("fixed"))
        case .given(let loss): details.append(words(loss, "without"))
        case .forbidden, .notGiven: break
        }
        return details
    }

    private func fit(_ pair: AssignmentProblem.Pair) -> [String] {
        var details: [String] = []
        let wishes = filling.participants[pair.candidate].wishes
        if let place = wishes.firstIndex(of: filling.stands[pair.opening].id) {
            details.append(text("wish", ["n": n(place + 1)]))
        }
        if let suggestion = filling.suggestions[pair] {
            details += visit.reasons(suggestion, books)
        } else if filling.stands[pair.opening].order != nil {
            details.append(text("noProfile"))
        }
        return details
    }

    /// What it would cost to have it otherwise, and whom else it would move.
    private func words(_ loss: PairReason.Loss?, _ key: String) -> String {
        guard let loss else { return text("\(key)Impossible") }
        let gains = Set(loss.added.map(\.candidate))
        let loses = Set(loss.removed.map(\.candidate))
        // Who only changes seats is not told: neither better nor worse off in number.
        let moved = key == "without" ? gains.subtracting(loses) : loses.subtracting(gains)
        let names = moved.sorted().map { name($0) }.joined(separator: ", ")
        let what: String
        if loss.places > 0 {
            what = text(loss.places == 1 ? "\(key)Seat" : "\(key)Seats", ["n": n(loss.places)])
        } else if loss.value == 0, loss.places == 0 {
            what = text("\(key)Even")
        } else {
            what = text("\(key)Points", ["n": n(loss.value)])
        }
        return names.isEmpty ? what : what + text("\(key)Others", ["names": names])
    }

    /// Those who get no seat, and why not each.
    private func left(_ best: Matching.Assignment) -> CaseListPage.Section {
        let given = Set(best.pairs.map(\.candidate))
        let left = filling.participants.indices.filter { !given.contains($0) }
        return CaseListPage.Section(
            heading: text("left"),
            lines: left.map { candidate in
                let reasons = Dictionary(
                    uniqueKeysWithValues: best.reasons(candidate: candidate).map { ($0.pair, $0) })
                return CaseListPage.Line(
                    heading: name(candidate),
                    details: filling.stands.indices.map { stand in
                        let pair = Pair(candidate, stand)
                        return filling.stands[stand].title + ": " + whyNot(pair, reasons[pair])
                    }, by: "",
                    links: visit.mayRegisterCompany
                        ? [
                            Link(
                                text("change"),
                                Route.events(.form(number, .seat)).link([
                                    ("id", filling.participants[candidate].participant.written)
                                ]))
                        ] : [])
            }, forms: [], nothing: text("nobodyLeft"))
    }

    private func whyNot(_ pair: AssignmentProblem.Pair, _ reason: PairReason?) -> String {
        if let obstacle = filling.obstacles[pair] {
            switch obstacle {
            case .ruledOut: return text("ruledOut")
            case .kind(let kind):
                return text(
                    "kind", ["kind": visit.text("term.jobKind.\(kind.rawValue)").lowercased()])
            case .lacks(let skills):
                return text("lacks", ["skills": visit.skills(skills, books)])
            case .tooFar(let kilometres, let farthest):
                return text("tooFar", ["km": n(kilometres), "farthest": n(farthest)])
            case .answered(let stand): return visit.words(stand)
            }
        }
        if case .notGiven(let loss)? = reason?.standing { return words(loss, "with") }
        return text("withImpossible")
    }

    /// How the members of a pool share the seats.
    private func shares(_ best: Matching.Assignment) -> CaseListPage.Section {
        let groups = filling.problem.groups
        let counts = best.pairs.reduce(into: [Int: Int]()) { counts, pair in
            if let group = filling.problem.candidates[pair.candidate].group {
                counts[group, default: 0] += 1
            }
        }
        return CaseListPage.Section(
            heading: text("shares"),
            lines: groups.isEmpty
                ? []
                : [
                    CaseListPage.Line(
                        heading: text("sharesHow"),
                        details: filling.members.enumerated().map { group, member in
                            text(
                                "share",
                                [
                                    "member": visit.memberName(member),
                                    "n": n(counts[group] ?? 0),
                                    "most": n(groups[group].maximum ?? 0),
                                ])
                        }, by: "")
                ], forms: [])
    }

    /// A contradiction: what is asked for, and all that could serve it.
    private func words(_ one: AssignmentContradiction) -> [String] {
        let demands = one.demands.map { demand in
            switch demand {
            case .opening(let stand, let minimum):
                text("needStand", ["title": filling.stands[stand].title, "n": n(minimum)])
            case .group(let group, let minimum):
                text("needMember", ["member": filling.members[group], "n": n(minimum)])
            case .groupLimit(_, let minimum): text("need", ["n": n(minimum)])
            case .fixed(let pair):
                text(
                    "needFixed",
                    ["name": name(pair.candidate), "title": filling.stands[pair.opening].title])
            }
        }
        let limits = one.limits.map { limit in
            switch limit {
            case .candidate(let candidate, let places):
                text("roomPerson", ["name": name(candidate), "n": n(places)])
            case .opening(let stand, let maximum):
                text("roomStand", ["title": filling.stands[stand].title, "n": n(maximum)])
            case .group(let group, let maximum):
                text(
                    "share",
                    [
                        "member": visit.memberName(filling.members[group]), "n": n(0),
                        "most": n(maximum),
                    ])
            case .groupLimit(_, let maximum): text("room", ["n": n(maximum)])
            case .pair(let pair): text("roomPerson", ["name": name(pair.candidate), "n": n(1)])
            }
        }
        return [text("needed", ["n": n(one.needed), "room": n(one.available)])] + demands + limits
    }
}
