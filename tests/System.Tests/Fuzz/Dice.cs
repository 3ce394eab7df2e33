using System.Text;

namespace Isobar.Stories.Fuzz;

/// <summary>Random parts of requests; the same for the same seed.</summary>
internal sealed class Dice(int seed)
{
    private static readonly string[] Texts =
    [
        "", "a", "0", "-1", "1e400", "99999999999999999999", "null", "true", "All", "*", "..", "%00", "\\ud800",
        "\\u0000", "é\u00ff", "job", "item", "chunk#1", "isobar", "isobar-landing-000000000000-us-east-1",
        "isobar-data-000000000000-us-east-1", "stories", "$LATEST", "arn:aws:sqs:us-east-1:000000000000:stories",
        "http://127.0.0.1/000000000000/stories", "attribute_exists(job)", "job = :j", "SET #a = :j ADD b :j",
        "2026-01-01T00:00:00Z", "AAAA", "{}", "[", "NONE", "ALL_OLD", "TOTAL", "String", "P1D",
    ];

    private readonly Random random = new(seed);

    public int Below(int bound) => random.Next(bound);

    /// <summary>True once in so many times.</summary>
    public bool OnceIn(int times) => random.Next(times) == 0;

    public T Pick<T>(IReadOnlyList<T> from) => from[random.Next(from.Count)];

    public string Text() => Pick(Texts);

    public byte[] Bytes(int most)
    {
        var bytes = new byte[random.Next(most)];
        random.NextBytes(bytes);
        return bytes;
    }

    /// <summary>A JSON object of these members, or something that isn't one; as UTF-8, sometimes damaged.</summary>
    public byte[] Json(IReadOnlyList<string> members)
    {
        var text = OnceIn(30) ? Pick(["", "null", "[]", "{", "\"a\"", "{\"a\":}", "{}{}"]) : Object(members, 0);
        return Damaged(Encoding.UTF8.GetBytes(text));
    }

    /// <summary>The bytes, one of them changed once in twenty times.</summary>
    public byte[] Damaged(byte[] bytes)
    {
        if (bytes.Length > 0 && OnceIn(20)) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        return bytes;
    }

    /// <summary>The text with up to two of its characters changed, or none.</summary>
    public byte[] Changed(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var changes = random.Next(3); changes > 0; changes--)
            bytes[random.Next(bytes.Length)] = (byte)Pick("\"{}[],:0a\\ -\u0000".ToCharArray());
        return bytes;
    }

    private string Object(IReadOnlyList<string> members, int depth) =>
        $"{{{Several(5, () => $"\"{Pick(members)}\":{Value(members, depth)}")}}}";

    private string Value(IReadOnlyList<string> members, int depth) => random.Next(depth < 3 ? 8 : 4) switch
    {
        0 => $"{random.Next(-2, 1_000)}",
        1 => Pick(["null", "true", "1.5", "9999999999"]),
        2 or 3 => $"\"{Text()}\"",
        4 => $"[{Several(3, () => Value(members, depth + 1))}]",
        _ => Object(members, depth + 1),
    };
    private string Several(int fewerThan, Func<string> make) =>
        string.Join(',', Enumerable.Range(0, random.Next(fewerThan)).Select(_ => make()));
}
