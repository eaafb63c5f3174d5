import Chronology
import Identifiers
import Jobcenter
import Law
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// Every letter to many and how far it is.
    func mailings(_ visit: Visit) async throws -> Answer {
        let notes = try await MailingCase(house).all(in: municipality.code, by: visit.actor)
        return visit.page(
            CaseListPage(
                headline: visit.text("views.mailings.headline"),
                lead: visit.text("views.mailings.lead"),
                sections: [
                    CaseListPage.Section(
                        heading: visit.text("views.mailings.all"),
                        lines: notes.compactMap { visit.line($0) },
                        forms: [
                            Link(visit.text("views.mailings.new"), Route.newMailing.path)
                        ], nothing: visit.text("views.mailings.none"))
                ]), section: .day)
    }

    /// Writing a letter to many, or writing one again; sending the form tries it.
    func newMailing(_ visit: Visit) async throws -> Answer {
        let mailings = MailingCase(house)
        let isSent = visit.call.method == .post
        let again = (isSent ? visit.call.form : visit.call.query)["id"].flatMap { Int64($0) }
        var typed = Typed(isSent ? visit.call.form : visit.call.query, isEmpty: !isSent)
        var before: Mailing?
        for case .mailing(let mailing) in try await mailings.all(
            in: municipality.code, by: visit.actor
        ).map(\.fact) where mailing.id.number == again { before = mailing }
        if isSent, let purpose = Purpose(visit.text("views.mailings.purpose")) {
            var letter = NewMailing()
            letter.subject = typed.words("subject")
            letter.text = typed.words("text")
            letter.group = typed.query["group"] ?? ""
            letter.team = typed.query["team"] ?? ""
            do {
                let (id, receipt) = try await mailings.attempt(
                    letter, again: before?.id, in: municipality.code, by: visit.actor,
                    purpose: purpose)
                return .redirect(
                    Route.mailing(id.number).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                typed.reject(found.all)
            }
        }
        let staff = try await StaffCase(house).staff(of: municipality.code)
        return visit.page(
            visit.form(typed, before, staff), section: .day, breadcrumb: visit.mailingTrail,
            status: typed.problems.isEmpty ? 200 : 400)
    }

    /// One letter to many: who is to have it, the sample, and what can be done next.
    func mailing(_ number: Int64, _ visit: Visit) async throws -> Answer {
        let mailings = MailingCase(house)
        let purpose = Purpose(visit.text("views.mailings.purpose"))
        var problem: FieldProblem?
        if visit.call.method == .post, let purpose {
            do {
                let id = FactID(number)
                let receipt =
                    visit.call.form["_act"] == "approve"
                    ? try await mailings.approve(
                        id,
                        read: Set(
                            visit.call.form.all("read").compactMap { Int64($0) }
                                .map { CitizenID($0) }), in: municipality.code, by: visit.actor,
                        purpose: purpose)
                    : try await mailings.send(
                        id, in: municipality.code, by: visit.actor, purpose: purpose)
                return .redirect(
                    Route.mailing(number).link([("receipt", String(receipt.number))]))
            } catch let found as FieldProblems {
                problem = found.all.first
            }
        }
        guard
            let file = try await mailings.letter(
                FactID(number), in: municipality.code, by: visit.actor, purpose: purpose)
        else { return visit.error(.notFound) }
        return visit.page(
            visit.page(file, problem), section: .day, breadcrumb: visit.mailingTrail,
            status: problem == nil ? 200 : 400)
    }

    /// Every letter that was sent, each on a sheet of its own, to print and post.
    func mailingLetters(_ number: Int64, _ visit: Visit) async throws -> Answer {
        guard
            let file = try await MailingCase(house).letter(
                FactID(number), withAll: true, in: municipality.code, by: visit.actor,
                purpose: Purpose(visit.text("views.mailings.purpose"))), !file.letters.isEmpty
        else { return visit.error(.notFound) }
        let pages = file.letters.map { letter in
            LetterPage(
                headline: file.mailing.subject,
                authority: visit.text("web.authority", ["name": municipality.name]),
                name: letter.citizen.fullName, day: file.mailing.sent ?? file.mailing.tried,
                receipt: nil, parts: [LetterPage.Part("", letter.text)],
                signed: visit.text("views.letter.signed", ["actor": file.mailing.writer]))
        }
        return try await visit.pdf(pages, named: "breve-\(number)")
    }
}

extension Visit {
    fileprivate var mailingTrail: [Link] {
        [
            Link(text("views.section.day"), Route.day.path),
            Link(text("views.mailings.headline"), Route.mailings.path),
        ]
    }

    private func recipients(_ mailing: Mailing) -> String {
        let group =
            mailing.group.isEmpty
            ? text("views.mailings.anyGroup") : text("term.targetGroup.\(mailing.group)")
        return text(
            "views.mailings.recipients",
            [
                "count": wording.number(mailing.recipients), "group": group,
                "team": mailing.team.isEmpty ? text("views.mailings.anyTeam") : mailing.team,
            ])
    }

    private func state(_ mailing: Mailing) -> String {
        if let sent = mailing.sent {
            return text("views.mailings.sent", ["day": wording.day(sent)])
        }
        if let approved = mailing.approved {
            return text(
                "views.mailings.approved",
                ["day": wording.day(approved), "actor": mailing.approver])
        }
        return text(
            "views.mailings.tried", ["day": wording.day(mailing.tried), "actor": mailing.writer])
    }

    fileprivate func line(_ note: RegistrationNote) -> CaseListPage.Line? {
        guard case .mailing(let mailing) = note.fact else { return nil }
        return CaseListPage.Line(
            heading: mailing.subject, details: [recipients(mailing), state(mailing)],
            by: registeredBy(note),
            links: [Link(text("views.mailings.open"), Route.mailing(mailing.id.number).path)])
    }

    fileprivate func form(
        _ typed: Typed, _ before: Mailing?, _ staff: [StaffMember]
    ) -> FormPage {
        var teams: [String] = []
        for member in staff where !teams.contains(member.team) { teams.append(member.team) }
        let group = typed.text("group", or: before?.group ?? "")
        let team = typed.text("team", or: before?.team ?? "")
        let places = Mailing.places.joined(separator: " ")
        let fields = [
            FormField(
                "subject", text("views.message.subject"),
                .text(typed.text("subject", or: before?.subject ?? ""))),
            FormField(
                "text", text("views.mailings.text"),
                .long(typed.text("text", or: before?.text ?? "")),
                help: text("views.mailings.textHelp", ["places": places])),
            FormField(
                "group", text("views.mailings.group"),
                .select(
                    choices(
                        TargetGroup.self, "term.targetGroup", selected: group,
                        none: "views.mailings.anyGroup"))),
            FormField(
                "team", text("views.mailings.team"),
                .select(
                    [Choice(value: "", label: text("views.mailings.anyTeam"))]
                        + teams.map { Choice(value: $0, label: $0, isSelected: $0 == team) })),
        ]
        return FormPage(
            headline: text("views.mailings.new"), lead: text("views.mailings.newLead"),
            fields: told(fields, typed.problems),
            hidden: before.map { [.init("id", String($0.id.number))] } ?? [],
            save: text("views.mailings.try"),
            back: Link(text("views.mailings.headline"), Route.mailings.path),
            action: Route.newMailing.path)
    }

    fileprivate func page(_ file: MailingFile, _ problem: FieldProblem?) -> MailingPage {
        let mailing = file.mailing
        let number = mailing.id.number
        let code = desk.municipality.code
        let mayApprove =
            Policy.refusal(of: .approveMailing, by: actor, in: code) == nil
            && mailing.writer != actor.name
        let isWaiting = mailing.sent == nil && mailing.approved == nil
        return MailingPage(
            subject: mailing.subject, recipients: recipients(mailing), state: state(mailing),
            receipt: call.query["receipt"].flatMap { Int($0) }.map {
                text("views.mailings.receipt", ["number": wording.number($0)])
            }, problem: problem.map { text("problem.\($0.key)", $0.values) },
            readability: text(
                "views.decision.lix", ["lix": String(Readability(mailing.text).lix)]),
            sample: file.letters.map {
                MailingPage.Letter(
                    citizen: String($0.citizen.id.number), name: $0.citizen.fullName,
                    text: $0.text)
            }, canApprove: isWaiting && mayApprove,
            whyNot: isWaiting && !mayApprove ? text("views.mailings.otherApproves") : nil,
            canSend: mailing.approved != nil && mailing.sent == nil,
            again: mailing.sent == nil
                ? Link(
                    text("views.mailings.again"),
                    Route.newMailing.link([("id", String(number))])) : nil,
            printed: mailing.sent == nil
                ? nil
                : desk.configuration.printTool == nil
                    ? PrintedLink.none(why: text("views.print.missing"))
                    : .file(
                        Link(text("views.mailings.letters"), Route.mailingLetters(number).path)),
            lookupNumber: Int(file.lookup), purpose: text("views.mailings.purpose"),
            action: Route.mailing(number).path)
    }
}
