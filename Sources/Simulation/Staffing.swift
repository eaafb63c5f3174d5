import Chronology
import Identifiers
import Registry

extension World {
    /// Gives the citizens caseworkers and the conversations hours of the day. It draws
    /// numbers of its own, so that everything else stays as it was.
    mutating func staff() {
        let plan = data.staff
        var random = Randomness(
            seed: configuration.seed ^ UInt64(configuration.municipality.number) << 32,
            stream: 0x57AF)
        var teamOfGroup: [TargetGroup: Int] = [:]
        var members: [[FactID]] = []
        for (index, team) in plan.teams.enumerated() {
            for group in team.groups { teamOfGroup[group.value] = index }
            let size = max(1, Int((Double(residents) / 1_000 * team.perThousand).rounded()))
            members.append((0..<size).map { _ in hire(team.name, &random) })
        }
        for period in truth.targetGroups where (period.end ?? .openEnd) >= plan.from.day {
            guard let team = teamOfGroup[period.group] else { continue }
            assign(period, members[team])
        }
        timeConversations()
    }

    private mutating func hire(_ team: String, _ random: inout Randomness) -> FactID {
        let given = random.chance(0.7) ? names.older.female : names.older.male
        let name = (given.draw(&random) ?? "") + " " + (names.family.draw(&random) ?? "")
        let id = FactID(Int64(truth.staff.count) + 1)
        truth.staff.append(
            StaffMember(id: id, name: name, team: team, start: data.staff.from.day, end: nil))
        return id
    }

    /// One caseworker through the period, and now and then another one in its course.
    private mutating func assign(_ period: TargetGroupPeriod, _ members: [FactID]) {
        let plan = data.staff
        let key = UInt64(bitPattern: period.citizen.number)
        var random = Randomness(
            seed: configuration.seed ^ key << 8, stream: UInt64(bitPattern: period.id.number))
        // The same citizen comes back to the same caseworker.
        var member = Int(key % UInt64(members.count))
        var day = max(period.start, plan.from.day)
        var part: Int64 = 0
        while true {
            let stays = Int(random.exponential(mean: 365 / plan.changesPerYear)) + 30
            let last = day + stays
            let isLast = part == 3 || last >= min(period.end ?? .openEnd, through)
            truth.assignments.append(
                Assignment(
                    id: FactID(period.id.number * 4 + part), citizen: period.citizen,
                    staff: members[member], start: day, end: isLast ? period.end : last))
            if isLast { return }
            day = last + 1
            part += 1
            member = (member + 1 + random.below(max(1, members.count - 1))) % members.count
        }
    }

    private mutating func timeConversations() {
        var ofCitizen: [CitizenID: [Assignment]] = [:]
        for assignment in truth.assignments {
            ofCitizen[assignment.citizen, default: []].append(assignment)
        }
        var taken: [Slot: Int] = [:]
        for talk in truth.conversations where talk.day >= data.staff.timesFrom.day {
            guard
                let staff = ofCitizen[talk.citizen]?.last(where: {
                    $0.start <= talk.day && ($0.end ?? .openEnd) >= talk.day
                })?.staff
            else { continue }
            let slot = Slot(staff: staff, day: talk.day)
            let before = taken[slot, default: 0]
            taken[slot] = before + 1
            // Half past eight, and three quarters of an hour from one to the next.
            let begins = 510 + 45 * (before % 9)
            truth.conversationNotes.append(
                ConversationNote(
                    id: talk.id, citizen: talk.citizen, staff: staff, begins: begins,
                    place: talk.form == .physical ? "Rum \(1 + Int(staff.number % 20))" : ""))
        }
    }

    private struct Slot: Hashable {
        var staff: FactID
        var day: Day
    }
}
