using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Xml.Linq;

namespace Isobar.Local.Tests.Recorded;

/// <summary>What a service answered, in a form in which answers can be compared.</summary>
internal sealed class Answer
{
    private const int MaxShownBytes = 256;

    private readonly HttpResponseMessage response;
    private readonly AnswerNames names;

    private Answer(HttpResponseMessage response, byte[] bytes, AnswerNames names)
    {
        this.response = response;
        this.names = names;
        Bytes = bytes;
        var text = Encoding.UTF8.GetString(bytes);
        if (response.Content.Headers.ContentType?.MediaType is not { } type || text.Length == 0) return;
        if (type.EndsWith("xml", StringComparison.Ordinal) && text[0] == '<')
            Body = XmlShape.OfAnswer(XElement.Parse(text));
        else if (type.Contains("json", StringComparison.Ordinal)) Body = JsonNode.Parse(text);
    }

    public int Status => (int)response.StatusCode;

    public byte[] Bytes { get; }

    /// <summary>The bytes as UTF-8.</summary>
    public string Content => Encoding.UTF8.GetString(Bytes);

    /// <summary>The document as JSON, also where it came as XML; null where there is none.</summary>
    public JsonNode? Body { get; }

    /// <summary>The whole document on one line, members in order of their names, and a placeholder for each value that
    /// no two calls share: <c>&lt;id&gt;</c>, <c>&lt;handle&gt;</c>, <c>&lt;time&gt;</c>.</summary>
    public string Text => AnswerText.Of(Body, names);

    /// <summary>Everything: the status, every header but those of the exchange, and the document (or the bytes, as a
    /// text in quotes). What belongs to the request alone, its id, is left out.</summary>
    /// <remarks>Compare it with <see cref="AnswerText.OfExpected"/>.</remarks>
    public string Whole => AnswerText.Join($"{Status}", Lines(), Body switch
    {
        null when Bytes.Length == 0 => "",
        null when Bytes.Length <= MaxShownBytes => AnswerText.Of(JsonValue.Create(Content), names),
        null => $"\"{Bytes.Length} bytes, MD5 {Convert.ToHexStringLower(MD5.HashData(Bytes))}\"",
        JsonObject members => AnswerText.Of(WithoutIds(members), names),
        var other => AnswerText.Of(other, names),
    });

    /// <summary>An error: <c>400 InvalidParameterValue: the message</c>.</summary>
    public string Error
    {
        get
        {
            Assert.True(Status >= 400, $"{Status} {Content}");
            ErrorShape.Check(this);
            var error = Body?["Error"] ?? Body;
            // Of the JSON protocol, the code that clients written for the Query protocol know.
            var code = Header("x-amzn-query-error")?.Split(';')[0] ?? (string?)(error?["Code"] ?? error?["__type"]);
            code = code?.Split('#')[^1];
            return $"{Status} {code}: {(string?)(error?["Message"] ?? error?["message"])}";
        }
    }

    /// <summary>An error of S3 with all its members, in the order of their names.</summary>
    public string Fault
    {
        get
        {
            Assert.True(Status >= 400, $"{Status} {Content}");
            return Body is JsonObject members ? $"{Status} {AnswerText.Of(WithoutIds(members), names)}" : $"{Status}";
        }
    }

    /// <summary>The status and every header that says something about an object, in the order of their names.</summary>
    public string Facts => AnswerText.Join($"{Status}", Lines(), "");

    /// <param name="names">Shared by all answers of a case.</param>
    public static async Task<Answer> ReadAsync(HttpResponseMessage response, AnswerNames names) =>
        new(response, await response.Content.ReadAsByteArrayAsync(), names);

    public string? Header(string name) =>
        response.Headers.TryGetValues(name, out var values) || response.Content.Headers.TryGetValues(name, out values)
            ? string.Join(", ", values)
            : null;

    /// <summary>Headers that are there, each on a line, with the status in front.</summary>
    public string Head(params string[] names) => string.Join('\n',
        [$"{Status}", .. names.Where(name => Header(name) is not null).Select(name => $"{name}: {Header(name)}")]);

    private static JsonObject WithoutIds(JsonObject members) => new(members
        .Where(member => member.Key is not ("RequestId" or "HostId"))
        .Select(member => KeyValuePair.Create(member.Key, member.Value?.DeepClone())));

    // Of a document, type and length say nothing about what it answers.
    private IEnumerable<string> Lines() => response.Headers.Concat(response.Content.Headers)
        .Select(header => (Name: header.Key.ToLowerInvariant(), Value: string.Join(", ", header.Value)))
        .Where(header => !AnswerText.IsLeftOut(header.Name)
            && (Body is null || header.Name is not ("content-type" or "content-length")))
        .Select(header => $"{header.Name}: {AnswerText.OfHeader(header.Name, header.Value, names)}");

    public Answer Ok()
    {
        Assert.True(response.StatusCode < HttpStatusCode.BadRequest, $"{Status} {Content}");
        return this;
    }
}
