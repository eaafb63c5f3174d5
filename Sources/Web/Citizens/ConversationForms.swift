import Chronology
import Identifiers
import Jobcenter
import Registry
import Reporting
import Views

/// Registering a conversation that was held, with what was said and agreed.
struct HeldConversationForm: CaseFormKind {
    /// Room for so many agreements.
    private static let agreements = 2

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let planned = file.planned(on: today)
        let kind = planned?.kind ?? file.usualConversation(on: today)
        let form = planned?.form ?? .physical
        var fields = [
            FormField(
                "day", visit.text("views.conversation.day"), .day(typed.text("day", or: today.iso))),
            FormField(
                "kind", visit.text("views.conversation.kind"),
                .radios(
                    visit.choices(
                        ConversationKind.self, "term.conversation",
                        selected: typed.text("kind", or: kind.rawValue)))),
            FormField(
                "form", visit.text("views.conversation.form"),
                .radios(
                    visit.choices(
                        ConversationForm.self, "views.conversation.forms",
                        selected: typed.text("form", or: form.rawValue)))),
            FormField(
                "note", visit.text("views.conversation.note"), .long(typed.text("note")),
                help: visit.text("views.conversation.noteHelp")),
        ]
        for row in 1...Self.agreements {
            fields += [
                FormField(
                    "agreed\(row)", visit.text("views.conversation.agreed", ["n": String(row)]),
                    .text(typed.text("agreed\(row)")),
                    help: row == 1 ? visit.text("views.conversation.agreedHelp") : nil),
                FormField(
                    "part\(row)", visit.text("views.conversation.part", ["n": String(row)]),
                    .select(
                        visit.choices(
                            PlanPart.self, "term.planPart",
                            selected: typed.text("part\(row)", or: PlanPart.jobSearch.rawValue)))),
                FormField(
                    "due\(row)", visit.text("views.conversation.agreedDue", ["n": String(row)]),
                    .day(typed.text("due\(row)"))),
            ]
        }
        fields += [
            FormField(
                "method", visit.text("views.conversation.method"),
                .select(
                    visit.choices(
                        ConversationMethod.self, "term.method",
                        selected: typed.text("method"), none: "views.form.notTold"))),
            FormField(
                "companion", visit.text("views.conversation.companion"),
                .text(typed.text("companion"))),
            FormField(
                "interpreted", visit.text("views.conversation.interpreted"),
                .tick(typed.tick("interpreted"))),
        ]
        return CaseForm(
            headline: visit.text("views.conversation.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.conversation.lead", ["cpr": file.citizen.cpr.masked]),
            fields: fields, save: visit.text("views.conversation.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let kind: ConversationKind? = typed.choice("kind")
        let form: ConversationForm? = typed.choice("form")
        var agreements: [Agreement] = []
        for row in 1...Self.agreements {
            let text = typed.words("agreed\(row)")
            let due = typed.optionalDay("due\(row)")
            if text.isEmpty {
                if due != nil { typed.reject("agreed\(row)", "empty") }
                continue
            }
            agreements.append(
                Agreement(
                    PlanPart(rawValue: typed.query["part\(row)"] ?? "") ?? .other, text, due: due))
        }
        try typed.check()
        guard let day, let kind, let form else { throw FieldProblems([]) }
        var held = HeldConversation(day: day, kind: kind, form: form)
        held.note = typed.words("note")
        held.method = typed.query["method"].flatMap { ConversationMethod(rawValue: $0) }
        held.companion = typed.words("companion")
        held.isInterpreted = typed.tick("interpreted")
        held.staff = visit.actor.staff
        held.agreements = agreements
        return .saved(
            try await ConversationCase(visit.house).hold(
                held, with: citizen, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

/// Summoning to a conversation, or giving a planned one another time.
struct SummonsForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let today = visit.house.clock.today()
        let moved = typed.query["id"].flatMap { Int64($0) }.flatMap { file.meeting(FactID($0)) }
        let usual = moved?.conversation.kind ?? file.usualConversation(on: today)
        let staff = try await StaffCase(visit.house).staff(of: visit.desk.municipality.code)
        let own = moved?.note?.staff ?? file.caseworker(on: today) ?? visit.actor.staff
        return CaseForm(
            headline: visit.text(
                moved == nil ? "views.summons.headline" : "views.summons.moving",
                ["name": file.citizen.fullName]),
            lead: visit.text("views.summons.lead"),
            fields: [
                FormField(
                    "day", visit.text("views.conversation.day"),
                    .day(typed.text("day", or: today.nextWorkingDay(after: 8).iso)),
                    help: visit.text("views.summons.dayHelp")),
                FormField(
                    "begins", visit.text("views.summons.begins"),
                    .time(typed.text("begins", or: (moved?.note?.begins).map(isoTime) ?? "09:00"))),
                FormField(
                    "kind", visit.text("views.summons.kind"),
                    .radios(
                        visit.choices(
                            ConversationKind.self, "term.conversation",
                            selected: typed.text("kind", or: usual.rawValue)))),
                FormField(
                    "form", visit.text("views.summons.form"),
                    .radios(
                        visit.choices(
                            ConversationForm.self, "views.conversation.forms",
                            selected: typed.text(
                                "form", or: (moved?.conversation.form ?? .physical).rawValue)))),
                FormField(
                    "staff", visit.text("views.summons.staff"),
                    .select(visit.staffChoices(staff, typed.text("staff", or: own.idText)))),
                FormField(
                    "place", visit.text("views.summons.place"),
                    .text(typed.text("place", or: moved?.note?.place ?? ""))),
                FormField(
                    "fund", visit.text("views.summons.fund"),
                    .text(typed.text("fund", or: file.fund(of: moved?.conversation.id))),
                    help: visit.text("views.summons.fundHelp")),
                FormField(
                    "interpreted", visit.text("views.summons.interpreted"),
                    .tick(typed.tick("interpreted", or: moved?.note?.isInterpreted ?? false))),
            ], save: visit.text("views.summons.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let day = typed.day("day")
        let begins = typed.time("begins")
        let kind: ConversationKind? = typed.choice("kind")
        let form: ConversationForm? = typed.choice("form")
        let staff = typed.number("staff").map { FactID($0) }
        let fund = typed.words("fund")
        if kind == .joint, fund.isEmpty { typed.reject("fund", "fundMissing") }
        if kind != nil, kind != .joint, !fund.isEmpty { typed.reject("fund", "fundNotJoint") }
        try typed.check()
        guard let day, let begins, let kind, let form else { throw FieldProblems([]) }
        var planned = PlannedConversation(
            day: day, begins: begins, kind: kind, form: form, staff: staff)
        planned.place = typed.words("place")
        planned.isInterpreted = typed.tick("interpreted")
        if kind == .joint { planned.invitation = visit.invitation(of: fund, to: planned) }
        return .saved(
            try await ConversationCase(visit.house).plan(
                planned, with: citizen,
                moving: typed.query.fact("id"),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

extension CitizenFile {
    /// The fund that was called to a conversation.
    fileprivate func fund(of talk: FactID?) -> String {
        guard let talk else { return "" }
        return messages.first { $0.conversation == talk && $0.recipient == .fund }?.counterpart
            ?? ""
    }
}

extension Visit {
    /// Tells the fund when and where, and nothing of the citizen that the letter's head does
    /// not say.
    fileprivate func invitation(
        of fund: String, to planned: PlannedConversation
    ) -> NewMessage {
        var message = NewMessage(day: house.clock.today(), from: .municipality, to: .fund)
        message.counterpart = fund
        message.subject = text("views.summons.fundSubject")
        message.text = text(
            "views.summons.fundText",
            [
                "day": wording.day(planned.day), "time": clockTime(planned.begins),
                "form": text("views.conversation.forms.\(planned.form.rawValue)"),
            ])
        if !planned.place.isEmpty {
            message.text += "\n" + text("views.letter.place", ["place": planned.place])
        }
        return message
    }
}

/// Registering that the citizen did not come.
struct AbsenceForm: CaseFormKind {
    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let meeting = typed.query["id"].flatMap { Int64($0) }.flatMap { file.meeting(FactID($0)) }
        let day = meeting.map { visit.wording.day($0.conversation.day) } ?? ""
        return CaseForm(
            headline: visit.text("views.absence.headline", ["name": file.citizen.fullName]),
            lead: visit.text("views.absence.lead", ["day": day]),
            fields: [
                FormField(
                    "ground", visit.text("views.absence.ground"),
                    .radios(
                        [
                            Choice(
                                value: "unknown", label: visit.text("views.absence.unknown"),
                                isSelected: typed.text("ground", or: "unknown") == "unknown")
                        ]
                            + visit.choices(
                                AbsenceGround.self, "term.absence",
                                selected: typed.text("ground", or: "unknown")))),
                FormField("note", visit.text("views.absence.note"), .long(typed.text("note"))),
            ], save: visit.text("views.absence.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        guard let id = typed.number("id") else {
            throw FieldProblems([.init("ground", "notPlanned")])
        }
        let ground = typed.query["ground"].flatMap { AbsenceGround(rawValue: $0) }
        return .saved(
            try await ConversationCase(visit.house).miss(
                FactID(id), ground, by: citizen, note: typed.words("note"),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

extension Visit {
    func staffChoices(_ staff: [StaffMember], _ selected: String) -> [Choice] {
        [Choice(value: "", label: text("views.form.notTold"), isSelected: selected.isEmpty)]
            + staff.map {
                Choice(
                    value: String($0.id.number), label: "\($0.name) (\($0.team))",
                    isSelected: String($0.id.number) == selected)
            }
    }
}

extension FactID? {
    var idText: String { map { String($0.number) } ?? "" }
}

/// `09:30` for minutes after midnight.
func isoTime(_ minutes: Int) -> String {
    let (hour, rest) = (minutes / 60, minutes % 60)
    return "\(hour < 10 ? "0" : "")\(hour):\(rest < 10 ? "0" : "")\(rest)"
}
