import Chronology
import Identifiers
import Registry

extension World {
    func citizen(_ who: Int) -> CitizenID { truth.citizens[who].id }

    /// Begins ordinary work and gives its place in the list of employments.
    @discardableResult
    mutating func beginJob(_ who: Int, on day: Day) -> Int {
        let person = people[who]
        let partTime = person.studies(on: day) || random.chance(data.work.partTime)
        let minutes = partTime ? Int32(random.whole(8, 32) * 60) : WeeklyTime.full.minutes
        let stays = random.chance(data.work.pastPension)
        let last = stays ? person.leaves : min(person.leaves, max(day, person.pension - 1))
        truth.employments.append(
            Employment(
                id: FactID(0), citizen: citizen(who), kind: .ordinary, start: day, end: last,
                weekly: WeeklyTime(minutes: minutes), unit: drawUnit()))
        people[who].job = truth.employments.count - 1
        people[who].changed = day
        return people[who].job
    }

    /// Ends the present job on this day, which lies after the job's first.
    mutating func endJob(_ who: Int, on day: Day) {
        let job = people[who].job
        guard job >= 0 else { return }
        if day < truth.employments[job].end ?? .openEnd { truth.employments[job].end = day }
        people[who].job = -1
        people[who].changed = day
    }

    /// True when the person has ordinary work on the day.
    func works(_ who: Int, on day: Day) -> Bool {
        let person = people[who]
        guard person.hasJob(on: day) else { return false }
        return truth.employments[person.job].end.map { $0 >= day } ?? true
    }

    /// Those in work on the first day: more than needed, since the benefits take
    /// their part of them before the month's own balance is made.
    mutating func employAtStart() {
        let share = level.labourShare / 100 * 0.97
        for who in people.indices {
            let age = people[who].years(on: start)
            guard age >= 16, age < 70, people[who].lives(on: start) else { continue }
            let chance =
                people[who].studies(on: start) ? 0.45 : age < 20 ? 0.6 : age < 63 ? share : 0.45
            if random.chance(chance) {
                let day = max(people[who].entered, start - random.whole(1, 3_600))
                beginJob(who, on: max(day, people[who].born + 15 * 365))
            }
        }
    }

    /// Changes of job, and entries that bring employment to its level.
    mutating func moveLabour(monthIndex: Int) {
        let last = min(through, months[monthIndex].last)
        var employed = 0
        var force = 0
        var ages16to66 = 0
        for who in people.indices where people[who].lives(on: last) {
            let age = people[who].years(on: last)
            guard age >= 16, age <= 66 else { continue }
            ages16to66 += 1
            let working = works(who, on: last)
            if working { employed += 1 }
            if working || people[who].forceUntil >= last { force += 1 }
        }
        for _ in 0..<random.poisson(Double(employed) * data.work.changes / 12) {
            changeJob(monthIndex)
        }
        let wanted = Int(Double(ages16to66) * level.labourShare / 100)
        for _ in 0..<max(0, wanted - force) { enterWork(monthIndex) }
        for _ in 0..<max(0, force - wanted) { quitWork(monthIndex) }
    }

    /// Somebody leaves work without income support.
    private mutating func quitWork(_ monthIndex: Int) {
        for _ in 0..<30 {
            let who = random.below(people.count)
            let day = dayIn(monthIndex)
            guard works(who, on: day), people[who].busyUntil < day, people[who].sickUntil < day,
                people[who].lives(on: day)
            else { continue }
            endJob(who, on: day)
            return
        }
    }

    private mutating func changeJob(_ monthIndex: Int) {
        for _ in 0..<30 {
            let who = random.below(people.count)
            let day = dayIn(monthIndex)
            guard works(who, on: day - 1), people[who].changed < day - 1,
                people[who].busyUntil < day, people[who].lives(on: day), day < people[who].pension
            else { continue }
            endJob(who, on: day - 1)
            beginJob(who, on: day)
            return
        }
    }

    private mutating func enterWork(_ monthIndex: Int) {
        for _ in 0..<60 {
            let who = random.below(people.count)
            let day = dayIn(monthIndex)
            guard people[who].isFree(on: day), !works(who, on: day) else { continue }
            let age = people[who].years(on: day)
            guard age >= 16, age < 66 else { continue }
            beginJob(who, on: day)
            return
        }
    }
}
