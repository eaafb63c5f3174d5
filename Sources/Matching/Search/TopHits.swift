/// The best hits met so far: a heap with the worst of them on top, in memory that
/// somebody else gives.
struct TopHits {
    private let hits: UnsafeMutableBufferPointer<Hit>
    private(set) var count = 0

    /// Keeps as many hits as there is room for; there must be room for one.
    init(_ room: UnsafeMutableBufferPointer<Hit>) { hits = room }

    var isFull: Bool { count == hits.count }
    /// The score that a new hit has to reach, when all places are taken.
    var least: Float { hits[0].score }

    mutating func offer(_ hit: Hit) {
        if !isFull {
            hits.initializeElement(at: count, to: hit)
            count += 1
            rise(from: count - 1)
        } else if hit.isBetter(than: hits[0]) {
            hits[0] = hit
            sink()
        }
    }

    /// The hits, the best first.
    func sorted() -> [Hit] {
        hits[..<count].sorted { $0.isBetter(than: $1) }
    }

    private func rise(from start: Int) {
        var place = start
        while place > 0, hits[(place - 1) / 2].isBetter(than: hits[place]) {
            hits.swapAt(place, (place - 1) / 2)
            place = (place - 1) / 2
        }
    }

    private func sink() {
        var place = 0
        while 2 * place + 1 < count {
            var worse = 2 * place + 1
            if worse + 1 < count, hits[worse].isBetter(than: hits[worse + 1]) { worse += 1 }
            guard hits[place].isBetter(than: hits[worse]) else { return }
            hits.swapAt(place, worse)
            place = worse
        }
    }
}
