import Chronology
import Foundation
import Identifiers
import Registry

extension World {
    /// The residents of the first day.
    mutating func settlePeople() {
        people.reserveCapacity(residents * 5 / 4)
        let bands = Lottery(data.ages.map { ($0, $0.percent) })
        for _ in 0..<residents {
            guard let band = bands.draw(&random) else { return }
            let born = start - random.whole(band.from * 365, band.to * 365 + 364) - band.to / 4
            settle(born: born, entered: nil, origin: drawOrigin())
        }
    }

    /// The newborn and the newcomers of a month, as many as replace those who
    /// leave and make up the growth.
    mutating func welcome(monthIndex: Int) {
        let size = Double(residents)
        for _ in 0..<random.poisson(size * data.movement.births / 12) {
            let day = dayIn(monthIndex)
            settle(born: day, entered: day, origin: .danish)
        }
        let month = months[monthIndex]
        let alive = people.reduce(0) { $0 + ($1.lives(on: month.last) ? 1 : 0) }
        let missing = Int(size * growth(monthIndex: monthIndex)) - alive
        let ages = data.movement.arrivalAges
        for _ in 0..<max(0, missing) {
            let day = dayIn(monthIndex)
            let years =
                random.chance(data.movement.arrivalsOfAnyAge)
                ? random.below(70) : random.whole(ages.from, ages.to)
            let born = day - years * 365 - random.below(365) - years / 4
            settle(born: born, entered: day, origin: drawOrigin())
        }
    }

    mutating func drawOrigin() -> OriginGroup {
        let o = data.origin
        let national = o.western + o.westernDescendant + o.nonWestern + o.nonWesternDescendant
        let share = o.immigrantShare[String(level.code)] ?? o.immigrantShare["default"] ?? national
        let factor = share / national
        let groups: [(OriginGroup, Double)] = [
            (.westernImmigrant, o.western), (.westernDescendant, o.westernDescendant),
            (.nonWesternImmigrant, o.nonWestern), (.nonWesternDescendant, o.nonWesternDescendant),
        ]
        var ticket = random.unit() * 100
        for (group, percent) in groups {
            ticket -= percent * factor
            if ticket < 0 { return group }
        }
        return .danish
    }

    /// Adds one person. `entered` is nil for one who lived here on the first day.
    mutating func settle(born wanted: Day, entered: Day?, origin: OriginGroup) {
        let sex: Sex = random.chance(0.5) ? .female : .male
        guard let (cpr, born) = numbers.cpr(born: min(wanted, entered ?? start - 1), sex: sex)
        else { return }
        let immigrant = origin == .westernImmigrant || origin == .nonWesternImmigrant
        let arrival = entered ?? arrivalBeforeStart(born: born, immigrant: immigrant)
        let basis = origin == .nonWesternImmigrant ? drawBasis() : nil
        let permit = basis.map { _ in max(born, arrival - random.below(entered == nil ? 30 : 700)) }
        var person = Person(
            born: born, sex: sex, origin: origin, permit: permit, entered: arrival,
            leaves: drawLeaving(born: born, from: max(arrival, start)),
            pension: pensionDay(born), insured: random.chance(data.work.insured),
            studiesFrom: .openEnd, studiesTo: .openEnd)
        let number = people.count
        let id = CitizenID(Int64(level.code) * 10_000_000 + Int64(number) + 1)
        let (given, family) = drawName(sex: sex, origin: origin, born: born)
        truth.citizens.append(
            Citizen(
                id: id, cpr: cpr, givenName: given, familyName: family, sex: sex, born: born,
                origin: origin, residenceBasis: basis, permitFrom: permit))
        let end = person.leaves < .openEnd ? person.leaves : nil
        truth.residences.append(
            Residence(id: FactID(0), citizen: id, start: arrival, end: end))
        educate(&person, id)
        people.append(person)
        retire(number)
    }

    private mutating func arrivalBeforeStart(born: Day, immigrant: Bool) -> Day {
        let days = immigrant ? random.whole(30, 30 * 365) : random.whole(30, 90 * 365)
        return max(born, start - days)
    }

    private mutating func drawBasis() -> ResidenceBasis {
        let o = data.origin
        var ticket = random.unit() * 100 - o.refugees
        if ticket < 0 { return .refugee }
        ticket -= o.reunifiedWithRefugee
        if ticket < 0 { return .reunifiedWithRefugee }
        return ticket < o.otherReunified ? .otherReunified : .other
    }

    /// The day of moving away or death, or the open end when neither comes in time.
    private mutating func drawLeaving(born: Day, from: Day) -> Day {
        for year in from.year...through.year {
            let age = year - born.year
            let move = data.movement.moves.first { age <= $0.to }?.rate ?? 0
            let death = data.movement.deathLevel * exp(data.movement.deathSlope * Double(age))
            if random.chance(min(1, move + death)) {
                let day = Month(index: Int32(year * 12)).first + random.below(365)
                if day > from { return day }
            }
        }
        return .openEnd
    }

    private func pensionDay(_ born: Day) -> Day {
        Month(containing: born.adding(months: 67 * 12)).range.end + 1
    }

    private mutating func drawName(
        sex: Sex, origin: OriginGroup, born: Day
    ) -> (String, String) {
        let abroad = origin == .nonWesternImmigrant || origin == .nonWesternDescendant
        let list = abroad ? names.abroad : born.year >= 1990 ? names.young : names.older
        let given = (sex == .female ? list.female : list.male).draw(&random)
        let family = (abroad ? names.familyAbroad : names.family).draw(&random)
        return (given ?? "", family ?? "")
    }

    /// Draws the way through school and the levels that come of it.
    private mutating func educate(_ person: inout Person, _ id: CitizenID) {
        let e = data.education
        let sixteen = person.born + 16 * 365
        guard sixteen <= through else { return }
        let levels: [(EducationLevel, Double)] = [
            (.primary, e.primary), (.upperSecondary, e.upperSecondary),
            (.vocational, e.vocational), (.shortHigher, e.shortHigher),
            (.mediumHigher, e.mediumHigher), (.longHigher, e.longHigher),
        ]
        if sixteen + 14 * 365 <= start {
            let level = levels[random.index(weights: levels.map(\.1))].0
            let from = max(person.entered, sixteen + 8 * 365)
            if level.isQualifying { person.qualified = from }
            addLevel(level, id, from: from, to: nil)
            return
        }
        let ticket = random.unit() * 100
        guard ticket < e.toUpperSecondary + e.toVocational else {
            addLevel(.primary, id, from: max(person.entered, sixteen), to: nil)
            return
        }
        let vocational = ticket >= e.toUpperSecondary
        let further = !vocational && random.chance(e.toHigher / 100)
        let school = sixteen + random.whole(0, 400)
        let schoolEnd = school + (vocational ? 1_300 : 1_050)
        let end = further ? schoolEnd + random.whole(400, 1_900) : schoolEnd
        let higher: EducationLevel = random.chance(0.35) ? .longHigher : .mediumHigher
        let first: EducationLevel = vocational ? .vocational : .upperSecondary
        addLevel(.primary, id, from: max(person.entered, sixteen), to: schoolEnd - 1)
        addLevel(first, id, from: max(person.entered, schoolEnd), to: further ? end - 1 : nil)
        if further { addLevel(higher, id, from: max(person.entered, end), to: nil) }
        if further || vocational { person.qualified = end }
        person.studiesFrom = school
        person.studiesTo = end - 1
        let from = max(person.entered, school)
        if from < end, from <= person.leaves {
            truth.enrolments.append(
                Enrolment(
                    id: FactID(0), citizen: id, kind: vocational ? .apprenticeship : .stateGrant,
                    start: from, end: min(end - 1, person.leaves)))
        }
    }

    private mutating func addLevel(
        _ level: EducationLevel, _ id: CitizenID, from: Day, to end: Day?
    ) {
        guard end.map({ $0 >= from }) ?? true else { return }
        truth.educations.append(
            EducationPeriod(id: FactID(0), citizen: id, level: level, start: from, end: end))
    }

    /// Old-age pension, for those who reach it here.
    private mutating func retire(_ number: Int) {
        let person = people[number]
        let from = max(person.pension, person.entered)
        guard from <= min(person.leaves, through) else { return }
        truth.spells.append(
            BenefitSpell(
                id: FactID(0), citizen: truth.citizens[number].id, benefit: .oldAgePension,
                start: from, end: person.leaves))
    }
}
