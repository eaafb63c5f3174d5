import Parameters

/// The place of work of an order text.
struct OrderPlaces {
    private let text: OrderText
    private let postcodes: PostcodeList
    private let byTown: [String: Postcode]

    /// `byTown` are postcodes by the town's name, folded.
    init(_ text: OrderText, _ postcodes: PostcodeList, byTown: [String: Postcode]) {
        self.text = text
        self.postcodes = postcodes
        self.byTown = byTown
    }

    /// The lowest postcode of each town, by its whole name and by the first word of it:
    /// "Aarhus C" is met by "Aarhus". O(postcodes).
    static func towns(_ postcodes: PostcodeList) -> [String: Postcode] {
        var towns: [String: Postcode] = [:]
        for postcode in postcodes.all {
            let words = Words.of(postcode.name).map(\.text)
            let whole = words.joined(separator: " ")
            if towns[whole] == nil { towns[whole] = postcode }
        }
        for postcode in postcodes.all {
            let words = Words.of(postcode.name).map(\.text)
            // The last word tells parts of a city apart: "København K", "Odense SØ".
            guard words.count == 2, words[1].unicodeScalars.count <= 2, towns[words[0]] == nil
            else { continue }
            towns[words[0]] = postcode
        }
        return towns
    }

    /// The postcode that the text names, or a doubt about the one it names.
    func found() -> (postcode: Proposed<Postcode>?, doubts: [OrderDoubt]) {
        var doubts: [OrderDoubt] = []
        for index in text.words.indices {
            if let found = numbered(index, &doubts) { return (found, []) }
        }
        for index in text.words.indices {
            if let found = town(index) { return (found, []) }
        }
        if doubts.isEmpty, let abroad = abroad() { doubts.append(.postcodeAbroad(abroad)) }
        return (nil, Array(doubts.prefix(1)))
    }

    /// "2630 Taastrup"; four digits before another word with a capital are a postcode too.
    private func numbered(_ index: Int, _ doubts: inout [OrderDoubt]) -> Proposed<Postcode>? {
        guard let number = text.number(index) else { return nil }
        let digits = text.words[index].text.utf8.count
        let isAlone = text.gap(after: index).allSatisfy { $0 == " " || $0 == "," }
        let before = index > 0 ? text.words[index - 1].text : ""
        let isCalled = ["postnr", "postnummer", "dk"].contains(before)
        let capital = isAlone && text.isCapital(index + 1)
        if digits == 5, capital || ["d", "s", "se", "de"].contains(before) {
            doubts.append(.postcodeAbroad(written(index)))
        }
        if digits == 3, capital == false, text.number(index + 1) != nil,
            text.words[index + 1].text.utf8.count == 2, text.isCapital(index + 2)
        {
            doubts.append(.postcodeAbroad(written(index, 3)))
        }
        guard digits == 4, isCalled || capital else { return nil }
        if let postcode = postcodes[Int32(number)] {
            let names = Set(Words.of(postcode.name).map(\.text))
            let named = capital && names.contains(text.words[index + 1].text)
            // A year before a word with a capital is no postcode.
            if !named, !isCalled, (1990...2100).contains(number) { return nil }
            return Proposed(postcode, at: text.place(index..<(named ? index + 2 : index + 1)))
        }
        let next = index + 1 < text.words.count ? text.words[index + 1].text : ""
        if text.lists.position(of: next, in: "abroad") != nil {
            doubts.append(.postcodeAbroad(written(index)))
        } else if !(1900...2100).contains(number),
            text.lists.position(of: next, in: "months") == nil
        {
            doubts.append(.unknownPostcode(Int32(number)))
        }
        return nil
    }

    private func written(_ index: Int, _ count: Int = 2) -> String {
        let end = min(text.words.count, index + count)
        return String(decoding: text.bytes[text.place(index..<end)], as: UTF8.self)
    }

    /// "i Hillerød", "på vores lager ved Nørre Alslev".
    private func town(_ index: Int) -> Proposed<Postcode>? {
        guard text.isCapital(index), index > 0,
            ["i", "ved", "paa", "nær", "til", "omkring", "by", "sted", "arbejdssted", "adresse"]
                .contains(text.words[index - 1].text)
                || text.gap(after: index - 1).contains(where: { $0 == "," || $0 == "\n" })
        else { return nil }
        for count in [3, 2, 1] where index + count <= text.words.count {
            let name = text.words[index..<index + count].map(\.text).joined(separator: " ")
            guard let postcode = byTown[name], name.utf8.count >= 3 else { continue }
            return Proposed(postcode, at: text.place(index..<index + count))
        }
        return nil
    }

    private func abroad() -> String? {
        for index in text.words.indices.dropFirst()
        where text.isCapital(index) && text.length(of: "abroad", at: index) != nil
            && ["i", "ved", "til", "nær"].contains(text.words[index - 1].text)
        {
            return String(decoding: text.bytes[text.words[index].place], as: UTF8.self)
        }
        return nil
    }
}
