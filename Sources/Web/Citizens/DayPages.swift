import Chronology
import Identifiers
import Jobcenter
import Law
import Parameters
import Registry
import Reporting
import Storage
import Views

extension Desk {
    /// The day of a caseworker, or of a team.
    func day(_ visit: Visit) async throws -> Answer {
        if let refusal = visit.peopleRefusal { throw refusal }
        let staff = try await StaffCase(house).staff(of: municipality.code)
        let asked = visit.call.query
        let whose = visit.whose(staff)
        let filter = DueFilter(
            duty: nil, group: asked["group"].flatMap { TargetGroup(rawValue: $0) },
            status: asked["status"].flatMap { ObligationStatus(rawValue: $0) })
        let purpose = Purpose(visit.text("web.purpose.casework"))
        let day = try await DayCase(house).day(
            of: whose.staff, filter, withAll: asked["all"] != nil, in: municipality.code,
            by: visit.actor, purpose: purpose)
        let drafts = try await DraftCase(house).all(in: municipality.code, by: visit.actor)
        return visit.page(
            visit.page(of: day, filter, staff, whose.value, purpose?.text ?? "", drafts),
            section: .day)
    }
}

extension Visit {
    /// Whose day is asked for: `team:Unge`, or a caseworker's number. One's own, or the
    /// first team's, where nothing is.
    fileprivate func whose(_ staff: [StaffMember]) -> (value: String, staff: [FactID]) {
        let asked = call.query["whose"] ?? actor.staff.map { String($0.number) }
        if let number = asked.flatMap({ Int64($0) }),
            staff.contains(where: { $0.id.number == number })
        {
            return (String(number), [FactID(number)])
        }
        let team =
            asked.flatMap { $0.hasPrefix("team:") ? String($0.dropFirst(5)) : nil }
            ?? staff.first?.team ?? ""
        return ("team:\(team)", staff.filter { $0.team == team }.map(\.id))
    }

    private func whoseChoices(_ staff: [StaffMember], _ selected: String) -> [Choice] {
        var teams: [String] = []
        for member in staff where !teams.contains(member.team) { teams.append(member.team) }
        return teams.flatMap { team in
            [
                Choice(
                    value: "team:\(team)", label: text("views.day.team", ["team": team]),
                    isSelected: "team:\(team)" == selected)
            ]
                + staff.filter { $0.team == team }.map {
                    Choice(
                        value: String($0.id.number), label: "\($0.name) (\(team))",
                        isSelected: String($0.id.number) == selected)
                }
        }
    }

    fileprivate func page(
        of day: WorkDay, _ filter: DueFilter, _ staff: [StaffMember], _ whose: String,
        _ purpose: String, _ drafts: [Draft]
    ) -> DayPage {
        let any = Choice(value: "", label: text("views.due.any"))
        let names = Dictionary(uniqueKeysWithValues: day.duties.map { ($0.id, $0.name[language]) })
        func name(_ citizen: CitizenID) -> String { day.people[citizen]?.fullName ?? "" }
        func href(_ citizen: CitizenID) -> String {
            Route.citizen(citizen.number).link([("purpose", purpose)])
        }
        return DayPage(
            citizens: day.citizens,
            changes: day.citizens == 0
                ? nil
                : text(
                    "views.day.changes",
                    [
                        "changed": wording.number(day.changed),
                        "mean": wording.number(
                            Double(day.caseworkers) / Double(day.citizens), decimals: 1),
                    ]), lookupNumber: Int(day.lookup), purpose: purpose,
            whose: whoseChoices(staff, whose),
            groups: [any]
                + TargetGroup.allCases.filter { group in day.allDue.contains { $0.group == group } }
                .map {
                    Choice(
                        value: $0.rawValue, label: text("term.targetGroup.\($0.rawValue)"),
                        isSelected: $0 == filter.group)
                },
            urgencies: [any]
                + [ObligationStatus.overdue, .due].map {
                    Choice(
                        value: $0.rawValue, label: text("law.status.\($0)"),
                        isSelected: $0 == filter.status)
                },
            meetings: day.meetings.map { meeting($0, name, href, purpose, day.today) },
            overdue: day.overdue,
            soon: day.soon,
            due: day.due.compactMap { due in
                day.people[due.citizen].map {
                    DuePage.Entry(
                        name: $0.fullName, cpr: $0.cpr, href: href(due.citizen),
                        group: due.group.map { text("term.targetGroup.\($0.rawValue)") } ?? "",
                        duty: duty(due, names), due: due.due,
                        status: text("law.status.\(due.status)"))
                }
            },
            inbox: day.inbox.map {
                DayPage.Item(
                    name: name($0.citizen), href: complaint($0.kind) ?? href($0.citizen),
                    day: $0.day,
                    text: words($0.kind))
            },
            unsent: day.unsent.map {
                DayPage.Item(
                    name: name($0.citizen),
                    href: mayRegister
                        ? Route.citizenForm($0.citizen.number, .decision).link([
                            ("purpose", purpose), ("id", String($0.id.number)),
                        ]) : href($0.citizen), day: $0.made,
                    text: text("term.decision.\($0.kind.rawValue)") + ": " + $0.subject)
            },
            warnings: day.warnings.map { citizen, warning in
                Link("\(name(citizen)): \(words(warning))", href(citizen))
            },
            acts: [
                Link(text("views.moveCases.headline"), Route.moveCases.path),
                Link(text("views.mailings.headline"), Route.mailings.path),
            ],
            drafts: drafts.map { draft in
                Link(
                    draftName(draft, wording.clock(draft.savedAt)),
                    address(of: draft.form, purpose))
            },
            all: day.all.map { citizen, group in
                DayPage.Person(
                    name: citizen.fullName, href: href(citizen.id),
                    age: citizen.born.age(on: day.today),
                    group: group.map { text("term.targetGroup.\($0.rawValue)") } ?? "")
            },
            showAll: call.query["all"] != nil
                ? nil
                : Link(
                    text("views.day.showAll", ["count": wording.number(day.citizens)]),
                    Route.day.link([
                        ("whose", whose), ("group", call.query["group"]),
                        ("status", call.query["status"]), ("all", "1"),
                    ]) + "#all"), action: Route.day.path)
    }

    private func draftName(_ draft: Draft, _ time: String) -> String {
        guard case .citizenForm(_, let form)? = Route(path: String(draft.form.prefix { $0 != "?" }))
        else { return time }
        return text(
            "views.day.draft", ["form": text("views.citizen.form.\(form.rawValue)"), "time": time])
    }

    /// A complaint has a page of its own.
    private func complaint(_ kind: WorkDay.Incoming.Kind) -> String? {
        guard case .complaint(let id) = kind else { return nil }
        return ComplaintRoute.one(id.number).path
    }

    private func words(_ kind: WorkDay.Incoming.Kind) -> String {
        switch kind {
        case .complaint: text("views.day.complaint")
        case .feedback(let overall): text("views.day.feedback", ["overall": String(overall)])
        case .planItem(let line, let isDisputed):
            text(isDisputed ? "views.day.disputed" : "views.day.proposed", ["text": line])
        case .message(let sender, let subject):
            text("views.message.end.\(sender.rawValue)-in") + ": " + subject
        }
    }

    private func meeting(
        _ meeting: Meeting, _ name: (CitizenID) -> String, _ href: (CitizenID) -> String,
        _ purpose: String, _ today: Day
    ) -> DayPage.Meeting {
        let talk = meeting.conversation
        var detail = [
            text("term.conversation.\(talk.kind.rawValue)"),
            text("views.conversation.forms.\(talk.form.rawValue)"),
        ]
        if !meeting.note.place.isEmpty { detail.append(meeting.note.place) }
        if meeting.note.isInterpreted { detail.append(text("views.day.interpreter")) }
        if talk.status != .planned { detail.append(text("term.status.\(talk.status.rawValue)")) }
        let number = talk.citizen.number
        let asked = [("purpose", purpose), ("id", String(talk.id.number))]
        return DayPage.Meeting(
            time: meeting.note.begins.map(clockTime) ?? "", name: name(talk.citizen),
            href: href(talk.citizen), detail: detail.joined(separator: ", "),
            actions: talk.status == .planned && mayRegister
                ? [
                    Link(
                        text("views.day.held"),
                        Route.citizenForm(number, .conversation).link([("purpose", purpose)])),
                    Link(text("views.day.absent"), Route.citizenForm(number, .absence).link(asked)),
                    Link(text("views.day.move"), Route.citizenForm(number, .summons).link(asked)),
                ] : [])
    }
}
