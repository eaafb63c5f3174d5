import Exchange
import Identifiers
import Jobcenter
import Registry
import Storage
import Views

extension Desk {
    /// A page about a citizen as a PDF file.
    func printed(
        _ number: Int64, _ page: Route.PrintedPage, _ visit: Visit
    ) async throws -> Answer {
        switch page {
        case .letter:
            guard let (note, file, _) = try await visit.asked(number),
                let letter = try await visit.letter(note, file)
            else { return visit.error(.notFound) }
            return try await visit.pdf([letter], named: "brev-\(note.number)")
        case .plan:
            guard let purpose = visit.statedPurpose else { throw Refusal.purposeMissing }
            guard
                let file = try await MyPlanCase(house).plan(
                    of: CitizenID(number), in: municipality.code, by: visit.actor,
                    purpose: purpose)
            else { return visit.error(.notFound) }
            return try await visit.pdf([visit.page(of: file, purpose)], named: "min-plan-\(number)")
        case .wholePlan:
            return try await visit.aboutCitizen(number, "views.wholePlan.what") { file, _ in
                try await visit.pdf(
                    [visit.wholePlan(file)], named: "samlet-plan-\(number)")
            }
        }
    }
}

extension Visit {
    /// Pages, each beginning on a sheet of its own, as one PDF file; why not, where the tool
    /// for it is missing.
    func pdf(_ pages: [some Page], named name: String) async throws -> Answer {
        guard let tool = desk.configuration.printTool else {
            return error(.forbidden(reason: text("views.print.missing")))
        }
        let html = desk.site.print(pages, in: frame(section: nil, breadcrumb: []))
        return Answer(
            contentType: "application/pdf", body: try await tool.pdf(html, pages: pages.count),
            fileName: name + ".pdf")
    }

    /// The way to this page as a PDF file, with the same query.
    func printedLink(_ number: Int64, _ page: Route.PrintedPage) -> PrintedLink {
        guard desk.configuration.printTool != nil else {
            return .none(why: text("views.print.missing"))
        }
        return .file(
            Link(
                text("views.print.link"),
                Route.printed(number, page).link([
                    ("purpose", statedPurpose?.text), ("receipt", call.query["receipt"]),
                ])))
    }
}
