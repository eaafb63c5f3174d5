import Chronology
import Registry

extension Run {
    /// Offers: how many began, for how many persons, or for how many full-time
    /// persons. An offer belongs to the benefit it began under, or followed.
    func offers<S: Sink>(_ count: OfferCount, _ kinds: Set<OfferKind>, into sink: inout S) {
        let mask = PairMask(nil, filter)
        let wanted = Run.bits(kinds)
        let offers = register.offers
        let ignoresBenefits = ignoresBenefits
        if ignoresPersons, ignoresBenefits {
            let isWanted = { (row: Int) in
                wanted & (1 << UInt32(offers.code[row])) != 0
                    && grid.touches(offers.start[row], offers.end[row])
            }
            return eachRow(in: offers, where: isWanted) { person, row in
                let group = group(under: nil, place: offers.municipality[row])
                offer(row, count, person, group, into: &sink)
            }
        }
        eachPerson(in: offers) { person, base in
            for row in offers.rows(of: person) where wanted & (1 << UInt32(offers.code[row])) != 0 {
                if offers.start[row] > asOf { break }
                guard grid.touches(offers.start[row], offers.end[row]) else { continue }
                let place = offers.municipality[row]
                let atom =
                    ignoresBenefits
                    ? nil : atom(of: person, on: offers.start[row], orBefore: true)
                guard holds(under: atom, place: place, mask) else { continue }
                offer(row, count, person, base &+ group(under: atom, place: place), into: &sink)
            }
        }
    }

    @inline(__always)
    private func offer<S: Sink>(
        _ row: Int, _ count: OfferCount, _ person: Int, _ group: Int, into sink: inout S
    ) {
        let offers = register.offers
        let (start, end) = (offers.start[row], offers.end[row])
        let origin = Origin(.offer, offers.id[row])
        switch count {
        case .started:
            grid.eachPeriod(of: start) { period in
                guard let cell = cell(person, period, group) else { return }
                sink.add(cell, person, 1, 0, origin)
            }
        case .persons:
            countOnce(start, end, .numerator, person, group, origin, into: &sink)
        case .fullTime:
            addDays(
                start, end, minutes: Int64(min(WeeklyTime.full.minutes, offers.amount[row])),
                .numerator, person, group, origin, into: &sink)
        }
    }

    /// Activation beside a benefit: persons or full-time persons in offers on days
    /// on the benefit, alone or in percent of all on the benefit.
    func activation<S: Sink>(
        _ count: ActivationCount, _ population: [PopulationClause]?, _ kinds: Set<OfferKind>,
        into sink: inout S
    ) {
        let mask = PairMask(population, filter)
        let wanted = Run.bits(kinds)
        let atoms = register.atoms
        if count == .persons { return activated(mask, wanted, into: &sink) }
        var offers: [Piece] = []
        eachPerson(in: atoms.table) { person, base in
            guard atoms.held[person] & mask.benefits != 0 else { return }
            offers.removeAll(keepingCapacity: true)
            collectOffers(person, wanted, isCapped: count == .fullTimeRate, into: &offers)
            for atom in atoms.table.rows(of: person) where holds(atom, mask) {
                if atoms.start[atom] > asOf { break }
                let group = base &+ group(atom: atom)
                let origin = Origin(.benefitSpell, atoms.id[atom])
                if count == .share {
                    countOnce(
                        atoms.start[atom], atoms.end[atom], .denominator, person, group, origin,
                        into: &sink)
                } else {
                    addDays(
                        atoms.start[atom], atoms.end[atom], minutes: Int64(atoms.minutes[atom]),
                        .denominator, person, group, origin, into: &sink)
                }
                if offers.isEmpty { continue }
                for offer in offers {
                    let from = max(offer.start, atoms.start[atom])
                    let to = min(offer.end, atoms.end[atom])
                    if from > to { continue }
                    grid.overlaps(from, to) { period, days in
                        guard let cell = cell(person, period, group) else { return }
                        if count == .fullTimeRate {
                            let minutes = min(offer.minutes, atoms.minutes[atom])
                            sink.addWithin(cell, person, days &* Int64(minutes), offer.origin)
                        } else {
                            sink.onceWithin(cell, person, offer.origin)
                        }
                    }
                }
            }
        }
    }

    /// Persons in offers on days on the benefit.
    private func activated<S: Sink>(_ mask: PairMask, _ wanted: UInt32, into sink: inout S) {
        let atoms = register.atoms
        let offers = register.offers
        // A place's persons are found by their benefits; without a place those with
        // offers are all that can be counted.
        eachPerson(in: filter.municipalities == nil ? offers : atoms.table) { person, base in
            guard atoms.held[person] & mask.benefits != 0 else { return }
            for row in offers.rows(of: person) where wanted & (1 << UInt32(offers.code[row])) != 0 {
                if offers.start[row] > asOf { break }
                guard grid.touches(offers.start[row], offers.end[row]) else { continue }
                for atom in atoms.table.rows(of: person) {
                    if atoms.start[atom] > min(offers.end[row], asOf) { break }
                    guard atoms.end[atom] >= offers.start[row], holds(atom, mask) else { continue }
                    let group = base &+ group(atom: atom)
                    let from = max(offers.start[row], atoms.start[atom])
                    grid.overlaps(from, min(offers.end[row], atoms.end[atom])) { period, _ in
                        guard let cell = cell(person, period, group) else { return }
                        sink.once(cell, person, .numerator, Origin(.offer, offers.id[row]))
                    }
                }
            }
        }
    }

    /// A person's offers; capped, so that no day has more than a full-time week.
    private func collectOffers(
        _ person: Int, _ wanted: UInt32, isCapped: Bool, into pieces: inout [Piece]
    ) {
        let offers = register.offers
        for row in offers.rows(of: person) where wanted & (1 << UInt32(offers.code[row])) != 0 {
            if offers.start[row] > asOf { break }
            pieces.append(
                Piece(
                    start: offers.start[row], end: offers.end[row],
                    minutes: min(WeeklyTime.full.minutes, offers.amount[row]), atom: row,
                    origin: Origin(.offer, offers.id[row])))
        }
        if isCapped, pieces.count > 1 { pieces = Run.capped(pieces) { $0.atom } }
    }

    /// The part of the open spells at the period's end, at least `months` old,
    /// without an offer in those months (passivandel).
    func passive<S: Sink>(
        _ population: [PopulationClause]?, _ kinds: Set<OfferKind>, months: Int,
        into sink: inout S
    ) {
        let mask = PairMask(population, filter)
        let wanted = Run.bits(kinds)
        let windows = windowStarts(months: months)
        eachSpell(mask) { person, group, state in
            grid.eachEnd(state.start, state.end - 1) { period in
                let end = grid.ends[period]
                guard state.start <= windows[period],
                    let cell = cell(person, period, group)
                else { return }
                let isActive = hasOffer(person, wanted, from: windows[period], to: end)
                sink.add(cell, person, isActive ? 0 : 1, 1, Origin(.benefitSpell, state.id))
            }
        }
    }

    /// Facts of one day about a person: conversations, complaints, answers.
    private func days<S: Sink>(
        _ table: PersonTable, isMean: Bool, into sink: inout S
    ) {
        let mask = PairMask(nil, filter)
        let ignoresBenefits = ignoresBenefits
        if ignoresPersons, ignoresBenefits {
            return eachRow(in: table, where: { _ in true }) { person, row in
                let group = group(under: nil, place: table.municipality[row])
                grid.eachPeriod(of: table.start[row]) { period in
                    sink.add(
                        group &* grid.count &+ period, person,
                        isMean ? Int64(table.amount[row]) : 1, isMean ? 1 : 0,
                        Origin(table.kind, table.id[row]))
                }
            }
        }
        eachPerson(in: table) { person, base in
            for row in table.rows(of: person) where grid.holds(table.start[row]) {
                let place = table.municipality[row]
                let atom = ignoresBenefits ? nil : atom(of: person, on: table.start[row])
                guard holds(under: atom, place: place, mask) else { continue }
                let group = base &+ group(under: atom, place: place)
                grid.eachPeriod(of: table.start[row]) { period in
                    guard let cell = cell(person, period, group) else { return }
                    let value = isMean ? Int64(table.amount[row]) : 1
                    sink.add(
                        cell, person, value, isMean ? 1 : 0, Origin(table.kind, table.id[row]))
                }
            }
        }
    }

    func conversations<S: Sink>(into sink: inout S) {
        days(register.conversations, isMean: false, into: &sink)
    }

    func complaints<S: Sink>(into sink: inout S) {
        days(register.complaints, isMean: false, into: &sink)
    }

    func feedback<S: Sink>(isMean: Bool, into sink: inout S) {
        days(register.feedback, isMean: isMean, into: &sink)
    }

    /// Held conversations on days on the benefit, per person on the benefit.
    func conversationsPerPerson<S: Sink>(
        _ population: [PopulationClause]?, into sink: inout S
    ) {
        let mask = PairMask(population, filter)
        let everyone = PairMask(population, .everyone)
        let atoms = register.atoms
        let talks = register.conversations
        eachPerson(in: atoms.table) { person, base in
            for atom in atoms.table.rows(of: person) where holds(atom, mask) {
                if atoms.start[atom] > asOf { break }
                countOnce(
                    atoms.start[atom], atoms.end[atom], .denominator, person,
                    base &+ group(atom: atom), Origin(.benefitSpell, atoms.id[atom]), into: &sink)
            }
            for row in talks.rows(of: person) where grid.holds(talks.start[row]) {
                let covering = atom(
                    of: person, on: talks.start[row],
                    where: { everyone.contains(Int(atoms.benefit[$0]), atoms.category[$0]) })
                guard let atom = covering, holds(atom, mask) else { continue }
                let group = base &+ group(atom: atom)
                grid.eachPeriod(of: talks.start[row]) { period in
                    guard let cell = cell(person, period, group) else { return }
                    sink.addWithin(cell, person, 1, Origin(.conversation, talks.id[row]))
                }
            }
        }
    }

    /// The part of the deadlines due in the period that were met by so many held
    /// conversations since the spell began. A deadline falls away when the spell
    /// has ended or an exemption covers the day.
    func timely<S: Sink>(_ deadlines: [ConversationDeadline], into sink: inout S) {
        let everyone = PairMask(nil, filter)
        let rows = deadlines.map { (row: $0, mask: PairMask($0.population, filter)) }
        let talks = register.conversations
        eachSpell(everyone) { person, group, state in
            for (deadline, mask) in rows {
                let due = state.start + Int32(deadline.days)
                guard grid.holds(due), due <= asOf, due <= state.end, holds(state, mask),
                    deadline.validFrom.map({ $0.number <= due }) ?? true,
                    deadline.validTo.map({ $0.number >= due }) ?? true,
                    atom(of: person, on: due) != nil,
                    !covers(register.exemptions, person, due, due)
                else { continue }
                let held = talks.rows(of: person).reduce(0) {
                    $0 + (talks.start[$1] >= state.start && talks.start[$1] <= due ? 1 : 0)
                }
                grid.eachPeriod(of: due) { period in
                    guard let cell = cell(person, period, group) else { return }
                    sink.add(
                        cell, person, held >= deadline.count ? 1 : 0, 1,
                        Origin(.benefitSpell, state.id))
                }
            }
        }
    }
}
