import Chronology
import Jobcenter
import Registry
import Reporting
import Storage
import Views

/// Adding a line to the citizen's plan, or changing one.
struct PlanLineForm: CaseFormKind {
    func after(_ citizen: CitizenID) -> Route { .myPlan(citizen.number) }

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let line = file.planLine(typed.query["id"])
        let item = line?.item
        let name = file.citizen.fullName
        var fields = [
            FormField(
                "text", visit.text("views.planLine.text"),
                .long(typed.text("text", or: item?.text ?? "")),
                help: visit.text("views.planLine.textHelp")),
            FormField(
                "part", visit.text("views.planLine.part"),
                .select(
                    visit.choices(
                        PlanPart.self, "term.planPart",
                        selected: typed.text(
                            "part", or: (item?.part ?? file.usualPart).rawValue)))),
            FormField(
                "due", visit.text("views.planLine.due"),
                .day(typed.text("due", or: item?.due?.iso ?? ""))),
            FormField(
                "author", visit.text("views.planLine.author"),
                .radios(
                    visit.choices(
                        PlanParty.self, "term.planParty",
                        selected: typed.text(
                            "author", or: (item?.author ?? .citizen).rawValue)))),
            FormField(
                "stance", visit.text("views.planLine.stance"),
                .radios(
                    visit.choices(
                        PlanStance.self, "term.planStance",
                        selected: typed.text(
                            "stance", or: (item?.stance ?? .agreed).rawValue)))),
        ]
        if item != nil {
            fields.append(
                FormField(
                    "progress", visit.text("views.planLine.progress"),
                    .radios(
                        visit.choices(
                            PlanProgress.self, "term.planProgress",
                            selected: typed.text(
                                "progress", or: (item?.progress ?? .open).rawValue)))))
        }
        return CaseForm(
            headline: visit.text(
                item == nil ? "views.planLine.headline" : "views.planLine.changing", ["name": name]),
            lead: visit.text("views.planLine.lead"), fields: fields,
            hidden: line.map {
                [.init("version", typed.text("version", or: String($0.note.number)))]
            } ?? [], save: visit.text("views.planLine.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let part: PlanPart? = typed.choice("part")
        let author: PlanParty? = typed.choice("author")
        let stance: PlanStance? = typed.choice("stance")
        let due = typed.optionalDay("due")
        let text = typed.words("text")
        if text.isEmpty { typed.reject("text", "empty") }
        try typed.check()
        guard let part, let author, let stance else { throw FieldProblems([]) }
        let plans = MyPlanCase(visit.house)
        let code = visit.desk.municipality.code
        guard let id = typed.number("id") else {
            return .saved(
                try await plans.add(
                    part, text, by: author, stance: stance, due: due, to: citizen, in: code,
                    by: visit.actor, purpose: purpose))
        }
        let progress: PlanProgress? = typed.choice("progress")
        try typed.check()
        guard let progress, let version = typed.number("version") else {
            throw FieldProblems([.init("text", "gone")])
        }
        return .saved(
            try await plans.change(
                FactID(id), of: citizen, expected: version, in: code, by: visit.actor,
                purpose: purpose
            ) { item in
                (item.part, item.author, item.text, item.due) = (part, author, text, due)
                (item.stance, item.progress) = (stance, progress)
            })
    }
}

/// Giving a citizen another caseworker, with what the next one must know.
struct HandOverForm: CaseFormKind {
    private static let checks = ["plan", "agreements", "deadlines", "contacts", "told"]

    func form(_ file: CitizenFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm {
        let staff = try await StaffCase(visit.house).staff(of: visit.desk.municipality.code)
        let now = file.caseworker(on: visit.house.clock.today())
        let name = staff.first { $0.id == now }?.name ?? visit.text("views.handOver.nobody")
        return CaseForm(
            headline: visit.text("views.handOver.headline", ["name": file.citizen.fullName]),
            lead: visit.text(
                "views.handOver.lead",
                ["caseworker": name, "count": visit.wording.number(file.caseworkers)]),
            fields: [
                FormField(
                    "staff", visit.text("views.handOver.staff"),
                    .select(visit.staffChoices(staff.filter { $0.id != now }, typed.text("staff")))
                )
            ]
                + Self.checks.map {
                    FormField(
                        "check-\($0)", visit.text("views.handOver.check.\($0)"),
                        .tick(typed.tick("check-\($0)")))
                } + [
                    FormField(
                        "note", visit.text("views.handOver.note"), .long(typed.text("note")),
                        help: visit.text("views.handOver.noteHelp"))
                ], save: visit.text("views.handOver.save"))
    }

    func save(
        _ typed: inout Typed, _ citizen: CitizenID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let staff = typed.chosen("staff")
        for check in Self.checks where !typed.tick("check-\(check)") {
            typed.reject("check-\(check)", "checkMissing")
        }
        if typed.words("note").isEmpty { typed.reject("note", "empty") }
        try typed.check()
        guard let staff else { throw FieldProblems([]) }
        return .saved(
            try await StaffCase(visit.house).handOver(
                citizen, to: staff, note: typed.words("note"),
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}
