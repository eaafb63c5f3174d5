import Chronology
import Registry

extension Run {
    /// Orders by the day they were created.
    func orders<S: Sink>(_ count: OrderCount, into sink: inout S) {
        let businesses = register.businesses
        let terms = UInt8(Codes.position(EmploymentKind.flexJob))
        let ordinary = UInt8(Codes.position(EmploymentKind.ordinary))
        for (position, order) in businesses.orders.enumerated() where order.created <= asOf {
            guard holds(place: order.municipality) else { continue }
            let referred = businesses.referrals[order.referrals].filter { $0.day <= asOf }
            let placed = businesses.placements[order.placements].filter { $0.day <= asOf }
            var numerator: Int64 = 1
            var denominator: Int64 = 0
            switch count {
            case .orders: break
            case .positions: numerator = order.positions
            case .referral:
                numerator = referred.isEmpty ? 0 : 1
                denominator = 1
            case .fill:
                if referred.isEmpty { continue }
                let citizens = Set(referred.map(\.citizen))
                numerator = placed.contains { citizens.contains($0.citizen) } ? 1 : 0
                denominator = 1
            case .match:
                numerator = placed.contains { $0.terms == terms || $0.terms == ordinary } ? 1 : 0
                denominator = 1
            }
            let group = group(place: order.municipality)
            grid.overlaps(order.created, order.created) { period, _ in
                sink.add(
                    group * grid.count + period, position, numerator, denominator,
                    Origin(.jobOrder, order.id))
            }
        }
    }

    func contacts<S: Sink>(into sink: inout S) {
        for (position, contact) in register.businesses.contacts.enumerated()
        where contact.day <= asOf && holds(place: contact.municipality) {
            let group = group(place: contact.municipality)
            grid.overlaps(contact.day, contact.day) { period, _ in
                sink.add(
                    group * grid.count + period, position, 1, 0,
                    Origin(.companyContact, contact.id))
            }
        }
    }

    /// Companies that cooperate, in percent of those with enough employees on
    /// average (samarbejdsgrad). A company counts once in each municipality.
    func cooperation<S: Sink>(_ rule: CooperationRule, into sink: inout S) {
        let businesses = register.businesses
        let wanted = cooperating(rule)
        for (position, presence) in businesses.presences.enumerated() {
            guard holds(place: presence.municipality) else { continue }
            var employeeDays = [Int64](repeating: 0, count: grid.count)
            for unit in businesses.units[presence.units] where unit.start <= asOf {
                grid.overlaps(unit.start, unit.end) { period, days in
                    employeeDays[period] &+= days &* unit.employees
                }
            }
            for period in 0..<grid.count {
                let needed = Int64(rule.employees) * grid.days[period]
                guard needed > 0, employeeDays[period] >= needed else { continue }
                let hit = wanted[position]?.contains { span in
                    span.0 <= grid.ends[period] && span.1 >= grid.starts[period]
                }
                sink.add(
                    group(place: presence.municipality) * grid.count + period, position,
                    hit ?? false ? 1 : 0, 1, Origin(.company, presence.company))
            }
        }
    }

    /// The days on which each presence cooperates.
    private func cooperating(_ rule: CooperationRule) -> [Int: [(Int32, Int32)]] {
        let offers = rule.offers.map { UInt8(Codes.position($0)) }
        let employments = rule.employments.map {
            Businesses.employmentBase + UInt8(Codes.position($0))
        }
        let kinds = Set(offers + employments)
        var spans: [Int: [(Int32, Int32)]] = [:]
        for event in register.businesses.cooperations
        where kinds.contains(event.kind) && event.start <= asOf {
            spans[Int(event.presence), default: []].append((event.start, event.end))
        }
        return spans
    }
}
