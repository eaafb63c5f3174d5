import Matching
import Testing

@Suite struct TitleIndexTests {
    static func labels(_ names: [(String, [String])]) -> [TitleIndex.Label] {
        names.flatMap { concept, texts in
            texts.enumerated().map {
                TitleIndex.Label(id: "\(concept)_\($0.offset)", concept: concept, text: $0.element)
            }
        }
    }

    static let danish = labels([
        ("C1", ["sygeplejerske", "hospitalssygeplejerske"]), ("C2", ["lærer", "skolelærer"]),
        ("C3", ["smed", "klejnsmed", "grovsmed"]), ("C4", ["ålefisker", "fisker"]),
        ("C5", ["lastbilchauffør", "vognmand", "langturschauffør"]),
        ("C6", ["buschauffør", "rutebilchauffør"]), ("C7", ["Chauffører"]), ("C8", ["Chauffører"]),
        ("C9", ["formand for bestyrelse", "bestyrelsesformand"]), ("D1", ["vagtmester"]),
        ("D2", ["skovarbejder", "skovhugger"]), ("D3", ["sekretær"]), ("D4", ["sekretær"]),
        ("D5", ["havnearbejder", "arbejder"]), ("D6", ["skovfoged"]), ("D7", ["skov"]),
    ])
    static let german = labels([
        ("C1", ["Lehrer/Lehrerin", "Lehrer", "Lehrerin"]), ("C2", ["Tischler", "Schreiner"]),
        ("C3", ["Fahrer", "Busfahrer/in"]), ("C4", ["Lehrling"]),
    ])
    let index = TitleIndex(labels: danish)

    private func first(_ title: String, _ index: TitleIndex) -> String? {
        index.rank(title, top: 1).first?.concept
    }

    @Test(arguments: [
        ("smed", "C3"), ("Skolelærere", "C2"), ("lærerinde", "C2"), ("Aalefisker", "C4"),
        ("ÅLEFISKER", "C4"), ("skovhuggeren", "D2"), ("lastbilchauffører", "C5"),
        ("bestyrelsesforkvinde", "C9"), ("hospitalssygeplejersker", "C1"),
    ])
    func findsTheTitle(title: String, concept: String) {
        #expect(first(title, index) == concept)
    }

    @Test(arguments: [
        "Lehrer", "Lehrerin", "Lehrer/in", "Lehrer (m/w/d)", "LehrerIn", "Lehrer*in", "Lehrerinnen",
        "Lehrer/Lehrerin",
    ])
    func gendersAreOneTitle(title: String) {
        let index = TitleIndex(labels: Self.german)
        #expect(first(title, index) == "C1")
        #expect(index.rank(title, top: 1).first?.reasons.contains(.sameTitle) == true)
    }

    @Test func anExactNameComesFirst() {
        for label in Self.danish where label.concept != "C7" && label.concept != "D3" {
            #expect(first(label.text, index) == label.concept, "\(label.text)")
        }
    }

    @Test func ofTwoAlikeTheLaterIsFirstAndTheOtherAmongTheLast() {
        let ranks = index.rank("Chauffør", top: 20).map(\.concept)
        #expect(ranks.first == "C8")
        let place = ranks.firstIndex(of: "C7") ?? 0
        #expect(place > 2)
    }

    @Test func theOrderOfTheLabelsTellsNothing() {
        var lot = SystemRandomNumberGenerator()
        for _ in 0..<5 {
            let other = TitleIndex(labels: Self.danish.shuffled(using: &lot))
            for title in ["smedemester", "busfører", "lærer i skolen", "skovvagt", "sekretærer"] {
                #expect(index.rank(title, top: 50) == other.rank(title, top: 50))
            }
        }
    }

    @Test func scoresFallAndRanksRise() {
        for title in ["chauffør", "grovsmed og lærer", "fisker"] {
            let hits = index.rank(title, top: 50)
            #expect(hits.map(\.rank) == Array(1...hits.count))
            #expect(zip(hits, hits.dropFirst()).allSatisfy { $0.score >= $1.score })
            #expect(Set(hits.map(\.concept)).count == hits.count)
        }
    }

    @Test func topCuts() {
        #expect(index.rank("chauffør", top: 2).count == 2)
        #expect(index.rank("chauffør", top: 0).isEmpty)
    }

    @Test func aShortListIsTheBeginningOfALongOne() {
        for title in ["chauffør", "skovsmed", "arbejder", "sekretær"] {
            let long = index.rank(title, top: 100)
            for top in [1, 3, 10, 50] {
                #expect(index.rank(title, top: top) == Array(long.prefix(top)))
            }
        }
    }

    @Test func whatOtherConceptsExchangeIsTakenForTheSame() {
        let others = ["maler", "bager", "jurist", "vagt", "pilot", "murer", "fisker", "gartner"]
        let labels = Self.labels(
            [
                ("C1", ["butiksmedhjælper", "butiksassistent"]),
                ("C2", ["kontormedhjælper", "kontorassistent"]),
                ("C3", ["køkkenmedhjælper", "køkkenassistent"]),
                ("C4", ["hotelassistent"]), ("C5", ["hotelsmed"]), ("C6", ["smed", "butik"]),
                ("C7", ["kontor", "køkken"]), ("C8", ["medhjælper"]), ("C9", ["assistent"]),
            ] + others.map { ($0, [$0]) })
        var weights = TitleIndex.Weights()
        weights.relatedParts = 0
        func score(_ index: TitleIndex) -> Double {
            index.rank("medhjælper", top: 9).first { $0.concept == "C9" }?.score ?? 0
        }
        let index = TitleIndex(labels: labels)
        #expect(index.rank("hotelmedhjælper", top: 1).first?.concept == "C4")
        #expect(score(index) > score(TitleIndex(labels: labels, weights: weights)))
    }

    @Test(arguments: ["", "  ", "!?", "og", "12345678", "жук"])
    func whatHasNothingInCommonFindsNothing(title: String) {
        #expect(index.rank(title, top: 10).isEmpty)
    }

    @Test func noLabelsFindNothing() {
        #expect(TitleIndex(labels: []).rank("smed", top: 10).isEmpty)
    }

    @Test func theReasonsNameTheParts() {
        let words = CompoundSplitterTests.vocabulary
        let index = TitleIndex(labels: Self.labels(words.map { ($0, [$0]) }))
        let hits = index.rank("sundhedsarbejdere", top: 30)
        let hit = hits.first { $0.concept == "metalarbejder" }
        #expect(hit?.reasons.contains(.part(title: "arbejdere", label: "arbejder")) == true)
        let unexplained = index.rank("sundhed", top: 30, explained: false)
        #expect(unexplained.allSatisfy { $0.reasons.isEmpty })
    }
}
