import Chronology
import Identifiers
import Registry

extension World {
    /// A random production unit of the municipality; larger ones come more often.
    mutating func drawUnit() -> ProductionUnitNumber? {
        guard !unitNumbers.isEmpty else { return nil }
        // The units were founded in falling order of expected size.
        let place = random.unit()
        return unitNumbers[Int(place * place * Double(unitNumbers.count))]
    }

    mutating func foundCompanies() {
        let plan = data.companies
        let count = max(3, Int(Double(residents) * plan.unitsPerResident))
        var company: CVR?
        for index in 0..<count {
            if company == nil || random.chance(0.88), let cvr = numbers.cvr() {
                company = cvr
                let ending = names.companies[random.below(max(1, names.companies.count))]
                let family = names.family.draw(&random) ?? ""
                truth.companies.append(
                    Company(
                        cvr: cvr, name: "\(family) \(ending.suffix)", industry: ending.industry))
            }
            guard let company, let number = numbers.unit() else { return }
            // Sizes fall off as 1/rank does, with the mean of the calibration.
            let expected =
                plan.meanEmployees * Double(count) / (Double(index) + 3) / harmonic(count)
            var employees = Int(random.exponential(mean: expected).rounded())
            var from = start - random.whole(30, 5_000)
            var day = start + Int(random.exponential(mean: 365 / plan.changedHeadcountPerYear))
            while day <= through {
                addUnit(number, company, employees, from, day - 1)
                employees = max(0, employees + random.whole(-2, 2))
                from = day
                day = day + 1 + Int(random.exponential(mean: 365 / plan.changedHeadcountPerYear))
            }
            addUnit(number, company, employees, from, nil)
            unitNumbers.append(number)
        }
    }

    private func harmonic(_ count: Int) -> Double {
        (0..<count).reduce(0) { $0 + 1 / (Double($1) + 3) }
    }

    private mutating func addUnit(
        _ number: ProductionUnitNumber, _ company: CVR, _ employees: Int, _ first: Day,
        _ last: Day?
    ) {
        truth.units.append(
            ProductionUnit(
                id: FactID(Int64(truth.units.count) + 1), number: number, company: company,
                employees: employees, start: first, end: last))
    }

    /// The month's contacts with companies and the orders that come of them.
    mutating func serveCompanies(monthIndex: Int) {
        let plan = data.companies
        let contacts = Double(unitNumbers.count) * plan.contactsPerUnitAndYear / 12
        for _ in 0..<random.poisson(contacts) {
            guard let unit = drawUnit() else { return }
            let ticket = random.unit()
            let form: ContactForm =
                ticket < 0.35 ? .visit : ticket < 0.75 ? .phone : ticket < 0.9 ? .mail : .event
            truth.contacts.append(
                CompanyContact(
                    id: FactID(Int64(truth.contacts.count) + 1), unit: unit,
                    day: min(through, workdays.next(dayIn(monthIndex))), form: form,
                    status: random.chance(0.9) ? .held : .cancelled))
        }
        let labourForce = Double(residents) * 0.64 * level.labourShare / 100
        let orders = labourForce / 1_000 * plan.ordersPerThousandLabourForce / 12
        for _ in 0..<random.poisson(orders) { takeOrder(monthIndex) }
    }

    private mutating func takeOrder(_ monthIndex: Int) {
        let plan = data.companies
        guard let unit = drawUnit() else { return }
        let day = dayIn(monthIndex)
        var positions = 1
        while positions < 12, random.chance(plan.morePositions) { positions += 1 }
        let id = FactID(Int64(truth.orders.count) + 1)
        truth.orders.append(
            JobOrder(
                id: id, unit: unit, created: day, positions: positions,
                occupationGroup: random.index(weights: [1, 3, 8, 10, 8, 22, 3, 12, 11, 22]),
                deadline: random.chance(0.7) ? day + random.whole(14, 60) : nil))
        guard random.chance(plan.referred) else { return }
        for _ in 0..<random.whole(1, 3) { refer(to: id, after: day) }
        guard random.chance(plan.filled) else { return }
        for position in 0..<positions where position == 0 || random.chance(0.5) {
            hire(for: id, unit, created: day, monthIndex)
        }
    }

    private mutating func refer(to order: FactID, after created: Day) {
        let day = created + random.whole(0, 14)
        guard day <= through else { return }
        for _ in 0..<40 {
            // The latest of the list are the likeliest to be seeking still.
            let back = Int(random.unit() * random.unit() * Double(jobSeeking.count))
            guard back < jobSeeking.count else { return }
            let episode = jobSeeking[jobSeeking.count - 1 - back]
            if episode.start <= day, day <= episode.end {
                addReferral(order, episode.person, day)
                return
            }
        }
    }

    /// Gives the position to one whose new job begins soon anyway.
    private mutating func hire(
        for order: FactID, _ unit: ProductionUnitNumber, created: Day, _ monthIndex: Int
    ) {
        for index in monthIndex..<min(monthIndex + 3, months.count) {
            let found = comingJobs[index].firstIndex { coming in
                let first = truth.employments[coming.employment].start
                return first > created + 3 && first <= through && coming.spellStart <= created
            }
            guard let found else { continue }
            let coming = comingJobs[index].remove(at: found)
            let first = truth.employments[coming.employment].start
            truth.employments[coming.employment].unit = unit
            addReferral(order, coming.person, created + random.below(first - created))
            truth.placements.append(
                Placement(
                    id: FactID(Int64(truth.placements.count) + 1), order: order,
                    citizen: citizen(coming.person), day: first,
                    terms: truth.employments[coming.employment].kind))
            return
        }
    }

    private mutating func addReferral(_ order: FactID, _ who: Int, _ day: Day) {
        truth.referrals.append(
            Referral(
                id: FactID(Int64(truth.referrals.count) + 1), order: order, citizen: citizen(who),
                day: day))
    }
}
