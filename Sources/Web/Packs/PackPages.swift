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
    /// The quarters with what is due, and every edition.
    func packs(_ visit: Visit) async throws -> Answer {
        let editions = try await PackEditionCase(house).editions(
            of: municipality.code, by: visit.actor)
        return visit.page(try await visit.packList(editions), section: .packs)
    }

    /// A quarter as it stands now; POST drafts it.
    func pack(_ quarter: Quarter, _ visit: Visit) async throws -> Answer {
        var problem: String?
        if visit.call.method == .post, let purpose = Purpose(visit.text("views.pack.purpose")) {
            do {
                let (id, receipt) = try await PackEditionCase(house).draft(
                    quarter, of: municipality.code, by: visit.actor, purpose: purpose)
                return .redirect(
                    Route.edition(id.number).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                problem = visit.words(found)
            }
        }
        let made = try await visit.livePack(quarter)
        var page = PackPage(
            pack: made.pack, state: [], opening: visit.opening(quarter),
            today: made.knownAt ?? house.clock.today())
        page.problem = problem
        page.state = visit.live(made.asOf, made.knownAt)
        let query = visit.packQuery
        page.downloads = Route.PackFormat.allCases.map { format in
            Link(
                visit.text("views.pack.file.\(format.rawValue)"),
                Route.packFile(quarter, format).link(query))
        }
        page.action = Route.pack(quarter).path
        page.links = visit.around(quarter)
        page.days = visit.dayQuery.compactMap { name, day in
            day.map { FormPage.Hidden(name, $0) }
        }
        page.peers = house.municipalities.all.filter { $0.code != municipality.code.number }.map {
            let code = MunicipalityCode(number: $0.code).description
            return Choice(
                value: code, label: $0.name,
                isSelected: visit.call.query.all("with").contains(code))
        }
        page.links.append(
            Link(
                visit.text("views.pack.allMunicipalities"),
                Route.compare.link([
                    ("indicator", "unemployment-percentage"), ("with", "all"),
                    ("period", Period.quarter(quarter).description),
                ])))
        page.receipt = visit.call.query["receipt"].map {
            visit.text("views.pack.noteKept", ["number": $0])
        }
        let refusal = Policy.refusal(of: .writePack, by: visit.actor, in: municipality.code)
        if refusal == nil {
            page.acts = [Choice(value: "draft", label: visit.text("views.pack.draft"))]
            page.links.insert(
                Link(visit.text("views.pack.write"), Route.packNote(quarter).path), at: 0)
        } else if let refusal {
            page.whyNot = visit.text(refusal.textKey)
        }
        return visit.page(
            page, section: .packs, breadcrumb: visit.packTrail, status: problem == nil ? 200 : 400)
    }

    func packFile(
        _ quarter: Quarter, _ format: Route.PackFormat, _ visit: Visit
    ) async throws -> Answer {
        let made = try await visit.livePack(quarter)
        return try await visit.file(made.pack, format, state: visit.live(made.asOf, made.knownAt))
    }

    // MARK: Editions

    /// An edition as it was drafted; POST approves or publishes it.
    func edition(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let editions = PackEditionCase(house)
        let id = FactID(number)
        var problem: String?
        if visit.call.method == .post, let purpose = Purpose(visit.text("views.pack.purpose")) {
            do {
                let receipt =
                    visit.call.form["_act"] == "publish"
                    ? try await editions.publish(
                        id, of: municipality.code, by: visit.actor, purpose: purpose)
                    : try await editions.approve(
                        id, of: municipality.code, by: visit.actor, purpose: purpose)
                return .redirect(Route.edition(number).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                problem = visit.words(found)
            }
        }
        guard
            let (edition, pack) = try await editions.edition(
                id, of: municipality.code, by: visit.actor)
        else { return visit.error(.notFound) }
        var page = PackPage(
            pack: pack, state: [], opening: visit.opening(.editionNumber(number)),
            today: edition.knownAt)
        page.problem = problem
        page.state = [visit.state(edition), visit.frozen(edition)]
        page.receipt = visit.call.query["receipt"].map {
            visit.text("views.pack.kept", ["number": $0])
        }
        page.downloads = Route.PackFormat.allCases.map { format in
            Link(
                visit.text("views.pack.file.\(format.rawValue)"),
                Route.editionFile(number, format).path)
        }
        page.action = Route.edition(number).path
        page.links = [
            Link(visit.text("views.pack.asNow"), Route.editionNow(number).path)
        ]
        visit.addActs(edition, to: &page)
        page.since = try await visit.written(since: pack, edition)
        if visit.isStaff {
            page.links.append(
                Link(visit.text("views.pack.write"), Route.packNote(edition.quarter).path))
        }
        return visit.page(
            page, section: .packs, breadcrumb: visit.packTrail, status: problem == nil ? 200 : 400)
    }

    func editionFile(
        _ number: Int64, _ format: Route.PackFormat, _ visit: Visit
    ) async throws -> Answer {
        guard
            let (edition, pack) = try await PackEditionCase(house).edition(
                FactID(number), of: municipality.code, by: visit.actor)
        else { return visit.error(.notFound) }
        return try await visit.file(
            pack, format, state: [visit.state(edition), visit.frozen(edition)])
    }

    /// What late registrations have moved since an edition was drafted.
    func editionNow(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let editions = PackEditionCase(house)
        guard
            let (edition, pack) = try await editions.edition(
                FactID(number), of: municipality.code, by: visit.actor)
        else { return visit.error(.notFound) }
        let (now, moved) = try await editions.moved(
            edition, pack, of: municipality.code, by: visit.actor)
        return visit.page(
            visit.moved(edition, pack, now, moved), section: .packs,
            breadcrumb: visit.packTrail + [
                Link(visit.name(edition), Route.edition(number).path)
            ])
    }

    /// What moved one number: the retrievals of a published one, else the registrations.
    func editionMoved(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let editions = PackEditionCase(house)
        guard
            let (edition, pack) = try await editions.edition(
                FactID(number), of: municipality.code, by: visit.actor),
            let wanted = visit.call.query["number"],
            let asked = pack.number(wanted)
        else { return visit.error(.notFound) }
        let trail =
            visit.packTrail + [
                Link(visit.name(edition), Route.edition(number).path),
                Link(visit.text("views.moved.headline"), Route.editionNow(number).path),
            ]
        if case .published(let table, let measure, let area) = asked.source,
            let period = Period(asked.period)
        {
            let changes = try await StatisticsCase(house).changes(
                table: table, measure: measure, area: area, period: period,
                after: edition.knownAt)
            return visit.page(
                visit.retrievals(
                    changes, pack.name(of: asked.id, visit.language), table, measure, area),
                section: .packs, breadcrumb: trail)
        }
        guard let purpose = visit.statedPurpose else {
            return visit.askPurpose(
                pack.name(of: asked.id, visit.language), section: .packs, breadcrumb: trail,
                back: Route.editionNow(number).path)
        }
        guard
            let found = try await editions.registrations(
                behind: asked, edition, of: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            visit.registrations(found, pack.name(of: asked.id, visit.language), purpose),
            section: .packs, breadcrumb: trail)
    }
}
