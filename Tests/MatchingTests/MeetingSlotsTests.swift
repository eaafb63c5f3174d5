import Matching
import Testing

@Suite("Slots of short meetings")
struct MeetingSlotsTests {
    typealias Pair = AssignmentProblem.Pair

    func check(_ plan: [Pair: Int], _ meetings: Set<Pair>, slots: Int) {
        #expect(Set(plan.keys) == meetings)
        #expect(plan.values.allSatisfy { (1...slots).contains($0) })
        #expect(Set(plan.map { [$0.candidate, $1] }).count == meetings.count)
        #expect(Set(plan.map { [$0.opening, $1] }).count == meetings.count)
    }

    @Test("Whoever has no more meetings than slots gets a plan", arguments: 0..<60)
    func always(seed: Int) throws {
        var drawn = SeededGenerator(seed: UInt64(seed))
        let slots = Int.random(in: 1...6, using: &drawn)
        var meetings: Set<Pair> = []
        for _ in 0..<120 {
            let pair = Pair(.random(in: 0..<14, using: &drawn), .random(in: 0..<8, using: &drawn))
            let isFull =
                meetings.count { $0.candidate == pair.candidate } >= slots
                || meetings.count { $0.opening == pair.opening } >= slots
            if !isFull { meetings.insert(pair) }
        }
        let plan = try #require(MeetingSlots.plan(meetings, slots: slots))
        check(plan, meetings, slots: slots)
        // Planned again, nothing moves.
        #expect(MeetingSlots.plan(meetings, slots: slots, earlier: plan) == plan)
        // One meeting less moves nobody else.
        if let gone = meetings.min() {
            var fewer = meetings
            fewer.remove(gone)
            var kept = plan
            kept[gone] = nil
            #expect(MeetingSlots.plan(fewer, slots: slots, earlier: plan) == kept)
        }
    }

    @Test("More meetings than slots have no plan")
    func tooMany() {
        let meetings: Set<Pair> = [Pair(0, 0), Pair(0, 1), Pair(0, 2)]
        #expect(MeetingSlots.plan(meetings, slots: 2) == nil)
        #expect(MeetingSlots.plan(meetings, slots: 3)?.count == 3)
        #expect(MeetingSlots.plan(meetings, slots: 0) == nil)
        #expect(MeetingSlots.plan([], slots: 0) == [:])
    }
}
