import Testing

@testable import Web

@Suite("A form that is sent again")
struct SentOnceTests {
    @Test("the first goes through, and whoever comes after is led where it led")
    func after() async {
        let forms = SentOnce()
        #expect(await forms.begin("a") == nil)
        await forms.finish("a", "/receipt/1")
        #expect(await forms.begin("a") == "/receipt/1")
        #expect(await forms.begin("b") == nil)
    }

    @Test("what came to nothing may be sent again")
    func failed() async {
        let forms = SentOnce()
        #expect(await forms.begin("a") == nil)
        await forms.finish("a", nil)
        #expect(await forms.begin("a") == nil)
    }

    @Test("of many at once one goes through, also when the first of them fails")
    func together() async {
        let forms = SentOnce()
        let went = Counter()
        await withTaskGroup(of: String?.self) { group in
            for number in 0..<50 {
                group.addTask {
                    if let before = await forms.begin("a") { return before }
                    let attempt = await went.next()
                    await Task.yield()
                    // The first two come to nothing.
                    let address = attempt > 2 ? "/receipt/\(number)" : nil
                    await forms.finish("a", address)
                    return address
                }
            }
            var addresses: Set<String> = []
            for await address in group { if let address { addresses.insert(address) } }
            #expect(addresses.count == 1)
        }
        #expect(await went.count == 3)
    }

    @Test("the same right after is known, and not when something else came in between")
    func again() async {
        let forms = SentOnce()
        for (key, address) in [("a", "/1"), ("b", "/2")] {
            #expect(await forms.begin(key) == nil)
            await forms.finish(key, address, typed: key, in: "s")
            #expect(await forms.again(key, in: "s") == address)
        }
        #expect(await forms.again("a", in: "s") == nil)
        #expect(await forms.again("b", in: "another") == nil)
    }

    actor Counter {
        private(set) var count = 0
        func next() -> Int {
            count += 1
            return count
        }
    }
}
