import Jobcenter
import Reporting
import Storage
import Views

/// One form on its way: opened, kept as a draft, or saved. What it is about, a citizen, a
/// company or an order, is its maker's business.
struct SentForm {
    let visit: Visit
    /// Where it is sent. With an `id` in the query it is another form of its own.
    let route: Route
    /// Sent along where one has to say what for.
    var purpose: Purpose?
    let section: Views.Section
    /// Where one goes who leaves it.
    let back: String
    /// The form as typed, and the pages above it; nil where what it is about is not there.
    let form: (Typed) async throws -> (form: CaseForm, breadcrumb: [Link])?
    let save: (inout Typed) async throws -> CaseOutcome
    /// Where it leads when it was saved.
    let after: (Receipt) -> String

    private var sent: Query { visit.call.method == .post ? visit.call.form : visit.call.query }
    private var drafts: DraftCase { DraftCase(visit.house) }

    /// The form's address, which its draft is kept under.
    private var address: String { route.link([("id", sent["id"])]) }

    /// What a form sends of its own beside what was typed.
    static let own = ["_token", "_form", "_act", "_once", "_again"]

    /// What a draft holds of a form: all but the CPR number of somebody else.
    static func kept(_ form: Query) -> Query {
        Query(form.pairs.filter { !(own + ["cpr"]).contains($0.name) })
    }

    func answer() async throws -> Answer {
        guard visit.call.method == .post else { return try await open() }
        switch visit.call.form["_act"] {
        case "discard":
            try await discard()
            return .redirect(route.link([("purpose", purpose?.text), ("id", sent["id"])]))
        case "keep":
            try await drafts.keep(
                Self.kept(sent).encoded, of: address, in: visit.desk.municipality.code,
                by: visit.actor)
            return .redirect(back)
        default: return try await send()
        }
    }

    private func open() async throws -> Answer {
        let draft = try await drafts.kept(
            address, in: visit.desk.municipality.code, by: visit.actor)
        guard let draft else { return try await page(Typed(sent, isEmpty: true)) }
        let hour = visit.wording.clock(draft.savedAt)
        return try await page(
            Typed(Query(draft.fields), isEmpty: false),
            notices: [Notice(visit.text("views.draft.found", ["time": hour]))], isDraft: true)
    }

    private func discard() async throws {
        try await drafts.discard(address, in: visit.desk.municipality.code, by: visit.actor)
    }

    /// What was typed and sent along, as one short text.
    private var typed: String {
        let files = visit.call.files.sorted { $0.key < $1.key }.map {
            "\($0.key) \($0.value.name) \(FileContents.digest($0.value.content))"
        }
        let fields = Query(sent.pairs.filter { !["_token", "_once", "_again"].contains($0.name) })
            .encoded
        let all = [address, fields] + files
        return FileContents.digest(Array(all.joined(separator: "\n").utf8))
    }

    /// Registers what was sent, once: the same form with the same words leads to the first
    /// receipt. Browsers open the form anew when one goes back, so that citizens and companies are
    /// led there too when they send the same words again and nothing in between; staff, who may
    /// mean it, as when two come to a job shop with the same, are asked.
    private func send() async throws -> Answer {
        guard let number = sent["_once"] else { return try await register() }
        let (forms, session, typed) = (visit.desk.sentOnce, visit.sessionID, typed)
        if sent["_again"] == nil, let before = await forms.again(typed, in: session) {
            return visit.actor.role.isOutside
                ? .redirect(before) : try await page(Typed(sent, isEmpty: false), after: before)
        }
        let once = "\(session) \(number) \(typed)"
        if let before = await forms.begin(once) { return .redirect(before) }
        do {
            let answer = try await register()
            await forms.finish(once, answer.location, typed: typed, in: session)
            return answer
        } catch {
            await forms.finish(once, nil)
            throw error
        }
    }

    private func register() async throws -> Answer {
        var typed = Typed(sent, isEmpty: false)
        do {
            switch try await save(&typed) {
            case .shown(let notices): return try await page(typed, notices: notices)
            case .saved(let receipt):
                try await discard()
                return .redirect(after(receipt))
            case .savedAt(let route, let receipt):
                try await discard()
                return .redirect(
                    route.link([
                        ("purpose", purpose?.text), ("receipt", String(receipt.number)),
                    ]))
            }
        } catch let found as FieldProblems {
            if typed.problems.isEmpty { typed.reject(found.all) }
            return try await page(typed, status: 400)
        } catch let conflict as EditConflict {
            // What was typed stays; saving again replaces what the other one wrote.
            let fields = Self.kept(sent).pairs.filter { $0.name != "version" }
            let again = Query(fields + [("version", String(conflict.standing.number))])
            return try await page(
                Typed(again, isEmpty: false), notices: [visit.notice(conflict)], status: 409)
        }
    }

    private func page(
        _ typed: Typed, notices: [Notice] = [], isDraft: Bool = false, after before: String? = nil,
        status: Int = 200
    ) async throws -> Answer {
        guard let (form, breadcrumb) = try await form(typed) else { return visit.error(.notFound) }
        let known = Set(form.fields.map(\.name))
        let same = before.map {
            Notice(
                visit.text("views.form.same"), link: Link(visit.text("views.form.sameLink"), $0))
        }
        // A problem of no field stands where it is met first.
        let loose = typed.problems.filter { !known.contains($0.field) }
            .map { Notice(visit.text("problem.\($0.key)", $0.values)) }
        let keep = Choice(value: "keep", label: visit.text("views.draft.keep"))
        let discard = Choice(value: "discard", label: visit.text("views.draft.discard"))
        return visit.page(
            FormPage(
                headline: form.headline, lead: form.lead,
                notices: (same.map { [$0] } ?? []) + loose + notices + form.notices,
                fields: visit.told(form.fields, typed.problems),
                hidden: form.hidden + (purpose.map { [.init("purpose", $0.text)] } ?? [])
                    + [.init("_form", address), .init("_once", visit.desk.secret())]
                    + (sent["id"].map { [.init("id", $0)] } ?? [])
                    + (before == nil ? [] : [.init("_again", "1")]),
                save: form.save, others: form.others + [isDraft ? discard : keep],
                back: Link(
                    visit.text(
                        section == .citizens ? "views.form.back" : "views.form.backPlain"), back),
                action: route.path,
                drafts: Route.drafts.path),
            section: section, breadcrumb: breadcrumb, status: before == nil ? status : 409)
    }
}

extension Visit {
    fileprivate func notice(_ conflict: EditConflict) -> Notice {
        let standing = conflict.standing
        return Notice(
            text(
                "views.form.conflict",
                ["actor": standing.actor, "day": wording.day(standing.recordedOn)]),
            lines: [.init(words(standing.fact))])
    }
}
