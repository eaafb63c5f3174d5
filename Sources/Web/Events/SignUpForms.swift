import Chronology
import Identifiers
import Jobcenter
import Matching
import Parameters
import Registry
import Reporting
import Storage
import Views

/// Signing somebody up, or changing the wishes of the one named by `id`.
struct SignUpForm: EventFormKind {
    /// So many stands can be wished for.
    static let wishes = 3
    /// So many are suggested for each stand.
    static let suggested = 5

    func form(_ file: EventFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm? {
        guard let purpose = visit.eventPurpose(file.summary.event.id.number) else { return nil }
        let known = typed.query["id"].flatMap { Participant(written: $0) }
            .flatMap { file.summary.signUp(of: $0) }
        var fields: [FormField] = []
        if known == nil {
            fields = try await PersonField(visit: visit, purpose: purpose).fields(
                typed, suggested: try await suggested(file, visit, purpose))
        }
        let stands = file.summary.stands
        for place in 0..<min(Self.wishes, stands.count) {
            let wished = known?.wishes.dropFirst(place).first.map { String($0.number) } ?? ""
            let chosen = typed.text("wish-\(place + 1)", or: wished)
            fields.append(
                FormField(
                    "wish-\(place + 1)",
                    visit.text("views.signUp.wish", ["n": visit.wording.number(place + 1)]),
                    .select(
                        [Choice(value: "", label: visit.text("views.signUp.noWish"))]
                            + stands.map {
                                Choice(
                                    value: String($0.id.number), label: $0.title,
                                    isSelected: String($0.id.number) == chosen)
                            })))
        }
        return CaseForm(
            headline: known.map {
                visit.text("views.signUp.change", ["name": visit.name($0.participant, file)])
            } ?? visit.text("views.signUp.headline", ["title": file.summary.event.title]),
            lead: visit.text("views.signUp.lead"), fields: fields,
            save: visit.text(known == nil ? "views.signUp.save" : "views.signUp.saveAgain"))
    }

    /// Those who fit the stands' orders best and are not signed up, and the cards of the pool.
    private func suggested(
        _ file: EventFile, _ visit: Visit, _ purpose: Purpose
    ) async throws -> [Choice] {
        let cases = EventCase(visit.house)
        return try await cases.suggestions(
            for: file, top: Self.suggested, in: visit.desk.municipality.code, by: visit.actor,
            purpose: purpose
        ).map { one in
            Choice(
                value: one.participant.written,
                label: visit.text(
                    "views.signUp.fits",
                    [
                        "name": one.person?.fullName ?? visit.name(one.participant, file),
                        "stand": one.stand.title,
                        "points": visit.wording.number(one.points),
                    ]))
        }
    }

    func save(
        _ typed: inout Typed, _ event: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        var participant = typed.query["id"].flatMap { Participant(written: $0) }
        if participant == nil {
            participant = try await PersonField(visit: visit, purpose: purpose)
                .participant(&typed)
            if participant == nil, typed.problems.isEmpty { typed.reject("person", "nobodyChosen") }
        }
        var wishes: [FactID] = []
        for place in 1...Self.wishes {
            guard let wish = typed.query.fact("wish-\(place)") else { continue }
            if wishes.contains(wish) { typed.reject("wish-\(place)", "wishedTwice") }
            wishes.append(wish)
        }
        try typed.check()
        guard let participant else { throw FieldProblems([]) }
        return .saved(
            try await EventCase(visit.house).register(
                [EventMark(participant, .signedUp, wishes: wishes)], at: event,
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

/// Who came, who stayed away, and who is signed off: everybody on one form.
struct AttendanceForm: EventFormKind {
    func form(_ file: EventFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm? {
        CaseForm(
            headline: visit.text(
                "views.attendance.headline", ["title": file.summary.event.title]),
            lead: visit.text("views.attendance.lead"),
            fields: file.summary.signUps.map { one in
                let name = "state-\(one.id.number)"
                return FormField(
                    name, visit.name(one.participant, file),
                    .select(
                        visit.choices(
                            SignUpState.self, "term.signUp",
                            selected: typed.text(name, or: one.state.rawValue))))
            }, save: visit.text("views.attendance.save"))
    }

    func save(
        _ typed: inout Typed, _ event: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let cases = EventCase(visit.house)
        let book = try await cases.book(of: visit.desk.municipality.code, by: visit.actor)
        guard let summary = book[event] else { throw FieldProblems([.init("event", "choice")]) }
        var marks: [EventMark] = []
        for one in summary.signUps {
            // One who was signed up meanwhile is not on the form, and stays.
            guard let sent = typed.query["state-\(one.id.number)"] else { continue }
            guard let state = SignUpState(rawValue: sent) else {
                typed.reject("state-\(one.id.number)", "choice")
                continue
            }
            if state != one.state { marks.append(EventMark(one.participant, state)) }
        }
        try typed.check()
        if marks.isEmpty { return .shown([Notice(visit.text("views.attendance.nothing"))]) }
        return .saved(
            try await cases.register(
                marks, at: event, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose))
    }
}

/// A seat changed by hand, of the participant named by `id`.
struct SeatForm: EventFormKind {
    func form(_ file: EventFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm? {
        guard let participant = typed.query["id"].flatMap({ Participant(written: $0) }),
            file.summary.signUp(of: participant) != nil
        else { return nil }
        let stand = typed.text("stand")
        let standing = file.summary.stands.first { String($0.id.number) == stand }
            .flatMap { file.summary.seat(of: participant, at: $0.id)?.state }
        return CaseForm(
            headline: visit.text("views.seat.headline", ["name": visit.name(participant, file)]),
            lead: visit.text("views.seat.lead"),
            fields: [
                FormField(
                    "stand", visit.text("views.seat.stand"),
                    .radios(
                        file.summary.stands.map {
                            Choice(
                                value: String($0.id.number), label: $0.title,
                                isSelected: String($0.id.number) == stand)
                        })),
                FormField(
                    "state", visit.text("views.seat.state"),
                    .radios(
                        [SeatState.fixed, .forbidden, .free].map {
                            Choice(
                                value: $0.rawValue,
                                label: visit.text("views.seat.\($0.rawValue)"),
                                isSelected: typed.text(
                                    "state", or: (standing ?? .fixed).rawValue) == $0.rawValue)
                        })),
            ], save: visit.text("views.seat.save"))
    }

    func save(
        _ typed: inout Typed, _ event: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let participant = typed.query["id"].flatMap { Participant(written: $0) }
        let stand = typed.chosen("stand")
        let state: SeatState? = typed.choice("state")
        try typed.check()
        guard let participant, let stand, let state else { throw FieldProblems([]) }
        return .saved(
            try await EventCase(visit.house).register(
                state, of: participant, at: stand, of: event,
                in: visit.desk.municipality.code, by: visit.actor, purpose: purpose))
    }
}

/// Registering the best distribution as it was shown.
struct DistributeForm: EventFormKind {
    func form(_ file: EventFile, _ typed: Typed, _ visit: Visit) async throws -> CaseForm? {
        guard let purpose = visit.eventPurpose(file.summary.event.id.number),
            let found = try await EventCase(visit.house).distribution(
                of: file.summary.event.id, in: visit.desk.municipality.code, by: visit.actor,
                purpose: purpose)
        else { return nil }
        let key = "views.distribute"
        func line(_ participant: Participant, _ stand: FactID) -> Outcome.Line {
            .init(
                visit.text(
                    "\(key).seat",
                    [
                        "name": visit.name(participant, file),
                        "stand": file.summary.stand(stand)?.title ?? "",
                    ]))
        }
        var notices: [Notice] = []
        if !found.added.isEmpty {
            notices.append(
                Notice(
                    visit.text("\(key).added", ["n": visit.wording.number(found.added.count)]),
                    lines: found.added.map {
                        let seat = found.seat($0)
                        return line(seat.participant, seat.stand)
                    }))
        }
        if !found.removed.isEmpty {
            notices.append(
                Notice(
                    visit.text(
                        "\(key).removed", ["n": visit.wording.number(found.removed.count)]),
                    lines: found.removed.map { line($0.participant, $0.stand) }))
        }
        if notices.isEmpty { notices = [Notice(visit.text("\(key).nothing"))] }
        return CaseForm(
            headline: visit.text("\(key).headline", ["title": file.summary.event.title]),
            lead: visit.text("\(key).lead"), notices: notices, fields: [],
            hidden: [.init("version", String(found.version))],
            save: visit.text("\(key).save"))
    }

    func save(
        _ typed: inout Typed, _ event: FactID, _ visit: Visit, _ purpose: Purpose
    ) async throws -> CaseOutcome {
        let receipt = try await EventCase(visit.house).distribute(
            event, version: typed.query["version"].flatMap { Int64($0) } ?? 0,
            in: visit.desk.municipality.code, by: visit.actor, purpose: purpose)
        guard let receipt else {
            return .shown([Notice(visit.text("views.distribute.nothing"))])
        }
        return .saved(receipt)
    }
}
