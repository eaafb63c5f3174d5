import Chronology
import Indicators
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    func moved(
        _ edition: PackEdition, _ pack: Pack, _ now: Pack, _ moved: [MovedNumber]
    ) -> CaseListPage {
        let own = moved.filter { number in
            guard case .derived? = (number.then ?? number.now)?.source else { return true }
            return false
        }
        let derived = moved.filter { number in !own.contains(number) }
        let thenNames = pack.names(language)
        let nowNames = now.names(language)
        func line(_ moved: MovedNumber) -> CaseListPage.Line {
            let names = moved.then == nil ? nowNames : thenNames
            return self.line(moved, edition, named: names[moved.id] ?? moved.id)
        }
        return CaseListPage(
            headline: moved.isEmpty
                ? text("views.moved.none", ["edition": name(edition)])
                : text(
                    "views.moved.some",
                    [
                        "count": wording.number(own.count), "edition": name(edition),
                        "derived": wording.number(derived.count),
                    ]),
            lead: text("views.moved.lead", ["day": wording.day(edition.knownAt)]),
            sections: [
                CaseListPage.Section(
                    heading: text("views.moved.own"),
                    lines: own.map(line), forms: [],
                    nothing: text("views.moved.nothing")),
                CaseListPage.Section(
                    heading: text("views.moved.derived"),
                    lines: derived.map(line), forms: []),
            ])
    }

    private func line(
        _ moved: MovedNumber, _ edition: PackEdition, named name: String
    ) -> CaseListPage.Line {
        func shown(_ number: PackNumber?) -> String {
            guard let number else { return text("views.moved.notThere") }
            guard let value = number.value else { return number.stateWord(wording) }
            return wording.amount(value, number.unit)
        }
        var links: [Link] = []
        let behind = Route.editionMoved(edition.id.number).link([("number", moved.id)])
        switch moved.then?.source {
        case .register where peopleRefusal == nil:
            links.append(Link(text("views.moved.who"), behind))
        case .published: links.append(Link(text("views.moved.whichRetrieval"), behind))
        default: break
        }
        if moved.then != nil {
            links.append(
                Link(
                    text("views.moved.open"),
                    Route.editionNumber(edition.id.number).link([("number", moved.id)])))
        }
        return CaseListPage.Line(
            heading: name,
            details: [
                text("views.moved.change", ["then": shown(moved.then), "now": shown(moved.now)])
            ], by: "", links: links)
    }

    func registrations(
        _ found: MovedRegistrations, _ name: String, _ purpose: Purpose
    ) -> CaseListPage {
        CaseListPage(
            headline: text(
                "views.moved.registrations",
                ["count": wording.number(found.lines.count), "name": name]),
            lead: text(
                "views.people.logged",
                ["number": String(found.lookup), "purpose": purpose.text]),
            sections: [
                CaseListPage.Section(
                    heading: name, lines: found.lines.map { line($0, found) }, forms: [],
                    nothing: text("views.moved.noRegistrations"))
            ])
    }

    private func line(
        _ line: MovedRegistrations.Line, _ found: MovedRegistrations
    ) -> CaseListPage.Line {
        let person = line.citizen.flatMap { found.people[$0] }
        let what =
            text("views.fact.\(line.kind.rawValue)")
            + (line.note.map { " " + words($0.fact) } ?? "")
        func amount(_ value: Double) -> String {
            wording.number(value, decimals: value == value.rounded() ? 0 : 2)
        }
        var details = [
            text("views.moved.adds", ["then": amount(line.then), "now": amount(line.now)])
        ]
        if line.thenOf != line.nowOf {
            details.append(
                text(
                    "views.moved.addsOf",
                    ["then": amount(line.thenOf), "now": amount(line.nowOf)]))
        }
        return CaseListPage.Line(
            heading: (person.map { "\($0.fullName): " } ?? "") + what, details: details,
            by: line.note.map { registeredBy($0) } ?? text("views.moved.withdrawn"))
    }
}
