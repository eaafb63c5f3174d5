import Chronology
import Identifiers
import Indicators
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// One number of a quarter as it stands now.
    func packNumber(_ quarter: Quarter, _ visit: Visit) async throws -> Answer {
        let made = try await visit.livePack(quarter)
        guard let id = visit.call.query["number"], let number = made.pack.number(id) else {
            return visit.error(.notFound)
        }
        let reading = NumberReading(
            number: number, pack: made.pack, opening: visit.opening(quarter),
            packPath: Route.pack(quarter).link(visit.packQuery), asOf: made.asOf,
            knownAt: made.knownAt)
        let page = try await visit.number(reading, state: visit.live(made.asOf, made.knownAt))
        return visit.page(
            page, section: .packs,
            breadcrumb: visit.packTrail + [
                Link(wordsOf(quarter, visit), reading.packPath)
            ])
    }

    /// One number of an edition as it was drafted.
    func editionNumber(_ id: Int64, _ visit: Visit) async throws -> Answer {
        guard
            let (edition, pack) = try await PackEditionCase(house).edition(
                FactID(id), of: municipality.code, by: visit.actor),
            let wanted = visit.call.query["number"], let number = pack.number(wanted)
        else { return visit.error(.notFound) }
        let reading = NumberReading(
            number: number, pack: pack, opening: visit.opening(.editionNumber(id)),
            packPath: Route.edition(id).path, asOf: edition.asOf, knownAt: edition.knownAt)
        var page = try await visit.number(
            reading, state: [visit.state(edition), visit.frozen(edition)])
        if visit.seesAll {
            page.links.append(
                Link(
                    visit.text("views.number.now"),
                    Route.packNumber(edition.quarter).link([
                        ("asof", edition.asOf.iso), ("number", wanted),
                    ])))
        }
        return visit.page(
            page, section: .packs,
            breadcrumb: visit.packTrail + [Link(visit.name(edition), reading.packPath)])
    }

    private func wordsOf(_ quarter: Quarter, _ visit: Visit) -> String {
        visit.wording.period(.quarter(quarter))
    }
}

/// A number, and the pack and the days that it stands in.
struct NumberReading {
    var number: PackNumber
    var pack: Pack
    /// The way to another number of the pack, to which its id is added.
    var opening: String
    var packPath: String
    var asOf: Day
    var knownAt: Day?
}

extension Visit {
    /// False for one who does not work here, where one can sign in: only what is published is
    /// open, and a link to more would lead to the sign-in.
    var seesAll: Bool {
        isStaff || !desk.configuration.isDemo && desk.configuration.signIn == nil
    }

    func number(_ reading: NumberReading, state: [String]) async throws -> NumberPage {
        let number = reading.number
        var page = NumberPage(
            name: name(of: number, in: reading.pack), state: state, value: number.shown(wording),
            facts: [fact("period", period(number)), fact("state", number.stateWord(wording))],
            links: [])
        page.facts += counts(number)
        switch number.source {
        case .register(let indicator, _, let filter):
            page.facts.append(fact("source", text("views.number.source.register")))
            page.definition = definition(indicator, reading.pack)
            page.links += queries(indicator, filter, reading)
        case .published(let table, let measure, let area):
            try await add(table, measure, area, reading, to: &page)
        case .derived(let rule, let from):
            page.facts.append(fact("source", text("views.number.source.derived")))
            page.rule =
                text("views.number.rules.\(rule.rawValue)") + " "
                + text("views.number.unrounded")
            add(from, reading, to: &page)
        case .given(let what):
            let key = "views.number.given.\(what)"
            page.facts.append(
                fact("source", text(house.texts.has(key) ? key : "views.number.source.given")))
        }
        page.facts.append(fact("id", number.id))
        page.links += target(number, reading.pack)
        page.links.append(
            Link(text("views.number.back"), reading.packPath + anchor(number, reading.pack)))
        return page
    }

    private func fact(_ key: String, _ words: String) -> NumberPage.Fact {
        NumberPage.Fact(text("views.number.fact.\(key)"), words)
    }

    private func period(_ number: PackNumber) -> String {
        guard !number.period.isEmpty else { return text("views.number.noPeriod") }
        return Period(number.period).map(wording.period) ?? number.period
    }

    /// The fraction, and how many stand behind it; nothing for what is hidden.
    private func counts(_ number: PackNumber) -> [NumberPage.Fact] {
        guard number.state == .shown || number.state == .undefined else { return [] }
        func amount(_ value: Double) -> String {
            wording.number(value, decimals: value == value.rounded() ? 0 : 1)
        }
        var facts: [NumberPage.Fact] = []
        if let numerator = number.numerator, let denominator = number.denominator {
            facts.append(
                fact(
                    "fraction",
                    text(
                        "views.indicator.fractionOf",
                        ["numerator": amount(numerator), "denominator": amount(denominator)])))
        }
        if let persons = number.persons {
            facts.append(fact("persons", wording.number(persons)))
        }
        return facts
    }

    // MARK: Registrations

    /// What the figure meant when the pack was made.
    private func definition(_ indicator: String, _ pack: Pack) -> [NumberPage.Fact] {
        guard let entry = pack.definitions.first(where: { $0.indicator == indicator }) else {
            return []
        }
        return [
            fact("name", entry.name[language]), fact("version", entry.version),
            fact("definition", entry.definition[language]),
            fact("periodRule", entry.periodRule[language]), fact("definedBy", entry.source),
            fact(
                "lag",
                text(
                    entry.lagMonths == 1 ? "views.number.oneMonth" : "views.number.months",
                    ["months": wording.number(entry.lagMonths)])),
        ]
    }

    /// The query for the figure, and the people behind it for those who may see them.
    private func queries(
        _ indicator: String, _ filter: [PackNumber.Pair], _ reading: NumberReading
    ) -> [Link] {
        guard seesAll else { return [] }
        let query: [(String, String?)] =
            [("period", reading.number.period)] + filter.map { ($0.name, $0.value) }
            + [("asof", reading.asOf.iso), ("known", reading.knownAt?.iso)]
        var links = [Link(text("views.number.query"), Route.indicator(indicator).link(query))]
        if peopleRefusal == nil {
            links.append(Link(text("views.number.people"), Route.people(indicator).link(query)))
        }
        return links
    }

    /// The target that a number of the plan is about.
    private func target(_ number: PackNumber, _ pack: Pack) -> [Link] {
        let parts = number.id.split(separator: ".")
        guard parts.count > 2, parts[0] == "targets", let plan = pack.plan, seesAll else {
            return []
        }
        return [
            Link(
                text("views.number.target"),
                Route.target(plan: plan.id, target: String(parts[1])).path)
        ]
    }

    private func anchor(_ number: PackNumber, _ pack: Pack) -> String {
        let section = pack.sections.first { section in
            section.numbers.contains { $0.id == number.id }
        }
        return section.map { "#section-\($0.id)" } ?? ""
    }

    // MARK: Published figures

    private func add(
        _ table: String, _ measure: String, _ area: Int32, _ reading: NumberReading,
        to page: inout NumberPage
    ) async throws {
        guard !table.isEmpty else {
            page.facts.append(fact("source", text("views.number.source.notPublished")))
            return
        }
        let history = try await StatisticsCase(house).history(
            table: table, measure: measure, area: area, knownAt: reading.knownAt)
        let link = Link(
            text("views.number.series"), seriesPath(table, measure, area, reading.knownAt))
        page.facts.append(
            NumberPage.Fact(
                text("views.number.fact.source"),
                text(
                    "views.number.source.published",
                    ["table": table, "measure": measure, "area": areaName(area)]), link: link))
        if let age = history?.age {
            page.facts.append(fact("age", self.age(age, knownAt: reading.knownAt)))
        }
        page.links.insert(link, at: 0)
        addMonths(history, reading, to: &page)
    }

    /// The months of a figure that is published by month only.
    private func addMonths(
        _ history: SeriesHistory?, _ reading: NumberReading, to page: inout NumberPage
    ) {
        let number = reading.number
        guard let period = Period(number.period), let history, number.state == .shown,
            !history.figures.contains(where: { $0.period == period })
        else { return }
        let months = period.months.compactMap { month in
            history.figures.first { $0.period == .month(month) }
        }
        guard months.count == period.months.count, months.count > 1 else { return }
        page.rule = text("views.number.rules.months")
        let href = seriesPath(
            history.table, history.measure, history.area, reading.knownAt)
        page.inputs = months.map { figure in
            NumberPage.Input(
                name: "\(measureName(history.table, history.measure)), \(areaName(history.area))",
                value: figure.value.map { wording.amount($0, number.unit) }
                    ?? text("reporting.packState.notShown"),
                period: wording.period(figure.period),
                state: text("views.series.since", ["day": wording.day(figure.since)]),
                href: href)
        }
    }

    // MARK: What others are worked out from

    /// Only what the pack holds for this reader is shown: what it hides stays hidden here.
    private func add(
        _ from: [String], _ reading: NumberReading, to page: inout NumberPage
    ) {
        let numbers = Dictionary(
            (reading.pack.numbers + (reading.pack.inputs ?? [])).map { ($0.id, $0) }
        ) { first, _ in first }
        let names = reading.pack.names(language)
        let found = from.compactMap { numbers[$0] }
        page.inputs = found.map { input in
            NumberPage.Input(
                name: names[input.id] ?? name(of: input, in: reading.pack),
                value: input.shown(wording),
                period: period(input), state: input.stateWord(wording),
                href: reading.opening + input.id)
        }
        let missing = from.count - found.count
        if missing > 0 {
            page.inputNote = text(
                reading.pack.inputs == nil
                    ? "views.number.inputsNotKept" : "views.number.inputsHidden",
                ["count": wording.number(missing)])
        }
        let indicators = Set(
            found.compactMap { input in
                if case .register(let indicator, _, _) = input.source { indicator } else { nil }
            })
        if indicators.count == 1, let indicator = indicators.first {
            page.definition = definition(indicator, reading.pack)
        }
    }

    /// As its table says it; one that stands in no table by where it comes from.
    func name(of number: PackNumber, in pack: Pack) -> String {
        let name = pack.name(of: number.id, language)
        if name != number.id { return name }
        switch number.source {
        case .register(let indicator, _, _):
            let title =
                pack.definitions.first { $0.indicator == indicator }?.name[language] ?? indicator
            let day = Day(iso: pack.asOf) ?? house.clock.today()
            let filter = (number.request(in: desk.municipality.code, asOf: day)?.filter)
                .flatMap { words($0) }
            return filter.map { "\(title): \($0)" } ?? title
        case .published(let table, let measure, let area):
            return "\(measureName(table, measure)), \(areaName(area))"
        case .derived, .given: return number.id
        }
    }
}
