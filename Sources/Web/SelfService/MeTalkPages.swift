import Chronology
import Jobcenter
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Visit {
    /// Conversations to come, and those that were.
    func talks(_ file: CitizenFile) async throws -> CaseListPage {
        let today = house.clock.today()
        let coming = file.planned(from: today)
        let open = try await OwnCase(house).bookable(in: desk.municipality.code, by: actor)
        let held = file.registrations.compactMap { note -> Conversation? in
            guard case .conversation(let talk) = note.fact, talk.status != .planned else {
                return nil
            }
            return talk
        }.sorted { $0.day > $1.day }
        let headline =
            coming.first.map {
                text("me.home.next", ["when": when($0.talk.day, $0.note?.begins)])
            } ?? text("me.home.none")
        return CaseListPage(
            headline: headline,
            lead: open.bar.map { text("me.talks.bar.\($0.rawValue)") }
                ?? text("me.talks.lead", ["days": wording.number(OwnCase.ahead)]),
            receipt: ownReceipt(file),
            sections: [
                .init(
                    heading: text("me.talks.coming"),
                    lines: coming.map { line($0.talk, $0.note, $0.registration) },
                    forms: [open.bar == nil ? meForm(.book) : meForm(.message)],
                    nothing: text("me.talks.noneComing")),
                .init(
                    heading: text("me.talks.held"),
                    lines: held.prefix(10).map { talk in
                        .init(
                            heading: "\(wording.day(talk.day)): "
                                + text("term.conversation.\(talk.kind.rawValue)"),
                            details: [text("me.talks.status.\(talk.status.rawValue)")], by: "")
                    }, forms: [], nothing: text("me.talks.noneHeld")),
                .init(
                    heading: text("focus.all"),
                    lines: try await OwnCase(house).focusGroups(
                        in: desk.municipality.code, by: actor
                    ).map { line($0) { meForm(.focus, [("id", $0)]) } }, forms: []),
            ])
    }

    /// A conversation to come, and what can be done with it.
    func line(
        _ talk: Conversation, _ note: ConversationNote?, _ registration: RegistrationNote
    ) -> CaseListPage.Line {
        let id = [("id", Optional(String(talk.id.number)))]
        var links = [Link]()
        if talk.kind != .joint, talk.day > house.clock.today() { links.append(meForm(.move, id)) }
        links.append(meForm(.callOff, id))
        if note?.begins != nil {
            links.append(
                Link(
                    text("views.calendar.link"),
                    Route.me(.calendar).link([("receipt", String(registration.number))])))
        }
        links.append(
            Link(
                text("me.talks.letter"),
                Route.me(.letter).link([("receipt", String(registration.number))])))
        var details = [text("me.talks.forms.\(talk.form.rawValue)")]
        if let place = note?.place, !place.isEmpty { details.append(place) }
        if note?.isInterpreted == true { details.append(text("me.talks.interpreter")) }
        return CaseListPage.Line(
            heading: "\(when(talk.day, note?.begins)): "
                + text("term.conversation.\(talk.kind.rawValue)"),
            details: details, by: "", links: links)
    }

    /// With whom and where a conversation is.
    func place(
        _ talk: Conversation, _ note: ConversationNote?, _ staff: [StaffMember]
    ) -> String {
        let name = note?.staff.flatMap { id in staff.first { $0.id == id }?.name }
        let form = text("me.talks.forms.\(talk.form.rawValue)")
        let what = text("term.conversation.\(talk.kind.rawValue)")
        return [
            name.map { text("me.talks.with", ["what": what, "name": $0]) } ?? "\(what).",
            form + ".", note?.place.isEmpty == false ? (note?.place ?? "") + "." : "",
        ].filter { !$0.isEmpty }.joined(separator: " ")
    }
}

/// Booking a conversation, or giving the planned one in `id` another time.
struct MeBookForm: MeFormKind {
    let isMoving: Bool

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let talk = try moving(file, typed)
        let open = try await OwnCase(visit.house).bookable(
            moving: talk, in: visit.desk.municipality.code, by: visit.actor)
        let chosen = typed.text("slot")
        let form = typed.text("form", or: (talk?.form ?? open.forms[0]).rawValue)
        var notices: [Notice] = []
        if let bar = open.bar { notices.append(Notice(visit.text("me.talks.bar.\(bar.rawValue)"))) }
        if open.bar == nil, open.slots.isEmpty {
            notices.append(Notice(visit.text("me.book.full")))
        }
        return CaseForm(
            headline: visit.text(isMoving ? "me.book.moving" : "me.book.headline"),
            lead: talk.map {
                visit.text(
                    "me.book.movingLead",
                    [
                        "when": visit.when($0.day, file.meeting($0.id)?.note?.begins),
                        "last": visit.wording.day($0.day + OwnCase.later),
                    ])
            } ?? visit.text("me.book.lead", ["name": open.caseworker?.name ?? ""]),
            notices: notices,
            fields: [
                FormField(
                    "slot", visit.text("me.book.slot"),
                    .radios(
                        open.shown.map {
                            Choice(
                                value: $0.key, label: visit.when($0.day, $0.begins),
                                isSelected: $0.key == chosen)
                        })),
                FormField(
                    "form", visit.text("me.book.form"),
                    .radios(
                        open.forms.map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("me.talks.forms.\($0.rawValue)"),
                                isSelected: $0.rawValue == form)
                        }),
                    help: open.forms.count == 1 ? visit.text("me.book.first") : nil),
            ], save: visit.text(isMoving ? "me.book.saveMoving" : "me.book.save"))
    }

    private func moving(_ file: CitizenFile, _ typed: Typed) throws -> Conversation? {
        guard isMoving else { return nil }
        guard let id = typed.query.fact("id"), let talk = file.meeting(id)?.conversation,
            talk.status == .planned
        else { throw FieldProblems([]) }
        return talk
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let form: ConversationForm? = typed.choice("form")
        let parts = typed.text("slot").split(separator: " ")
        let day = parts.first.flatMap { Day(iso: String($0)) }
        let begins = parts.last.flatMap { Int($0) }
        if parts.count != 2 || day == nil || begins == nil { typed.reject("slot", "choice") }
        let moving = isMoving ? typed.chosen("id") : nil
        try typed.check()
        guard let form, let day, let begins else { throw FieldProblems([]) }
        let code = visit.desk.municipality.code
        let file = try await OwnCase(visit.house).file(in: code, by: visit.actor)
        return .saved(
            try await OwnCase(visit.house).book(
                BookingSlot(day: day, begins: begins),
                file.usualConversation(on: visit.house.clock.today()), form, moving: moving,
                place: form == .physical ? visit.house.texts.text("me.book.place", .da) : "",
                in: code, by: visit.actor))
    }

    var after: MeRoute { .talks }
}

/// Calling off the conversation in `id`.
struct MeCallOffForm: MeFormKind {
    private static let grounds: [AbsenceGround] = [.illness, .childIll, .otherReasonable]

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        guard let id = typed.query.fact("id"), let (talk, note) = file.meeting(id),
            talk.status == .planned
        else { throw FieldProblems([]) }
        let ground = typed.text("ground")
        return CaseForm(
            headline: visit.text("me.callOff.headline"),
            lead: visit.text("me.callOff.lead", ["when": visit.when(talk.day, note?.begins)]),
            fields: [
                FormField(
                    "ground", visit.text("me.callOff.ground"),
                    .radios(
                        Self.grounds.map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("me.callOff.grounds.\($0.rawValue)"),
                                isSelected: $0.rawValue == ground)
                        })),
                FormField(
                    "words", visit.text("me.callOff.words"), .long(typed.text("words")),
                    help: visit.text("me.callOff.wordsHelp")),
            ], save: visit.text("me.callOff.save"))
    }

    func save(_ typed: inout Typed, _ visit: Visit) async throws -> CaseOutcome {
        let ground: AbsenceGround? = typed.choice("ground")
        let id = typed.chosen("id")
        try typed.check()
        guard let ground, let id, Self.grounds.contains(ground) else {
            throw FieldProblems([.init("ground", "choice")])
        }
        let subject = visit.house.texts.text(
            "me.callOff.subject", .da,
            ["ground": visit.house.texts.text("me.callOff.grounds.\(ground.rawValue)", .da)])
        return .saved(
            try await OwnCase(visit.house).callOff(
                id, ground, words: typed.words("words"), subject: subject,
                in: visit.desk.municipality.code, by: visit.actor))
    }

    var after: MeRoute { .talks }
}
