using System.Text;
using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>Reads the variables and functions that every template has.</summary>
/// <remarks>Source: API Gateway Developer Guide, "Variables for data transformations".</remarks>
internal static class TemplateVariables
{
    private const string Inputs = "$input.body, $input.json('$…'), $input.path('$…'), $input.params()";

    private const string Utilities =
        "$util.escapeJavaScript, base64Encode, base64Decode, urlEncode, urlDecode, parseJson";

    public static Term Context(References references, Cursor cursor)
    {
        var names = new List<string>();
        while (references.AtMember()) names.Add(references.TakeMember());
        return ContextVariables.Knows(names)
            ? new Given(scope => ContextVariables.Find(scope.Context, names)?.DeepClone())
            : throw cursor.Error($"$context.{string.Join('.', names)} is not supported; {ContextVariables.Supported}");
    }

    public static Term StageVariable(References references, Cursor cursor)
    {
        if (cursor.Current == '[' && references.AllowsCalls) return new Given(AllStageVariables);
        if (!references.AtMember()) throw cursor.Error("$stageVariables must name a variable");
        var name = references.TakeMember();
        return cursor.Current == '(' && references.AllowsCalls
            ? references.ReadCall(new Given(AllStageVariables), name)
            : new Given(scope => scope.StageVariables.GetValueOrDefault(name));
    }

    private static JsonObject AllStageVariables(TemplateScope scope) => new(scope.StageVariables.Select(
        variable => KeyValuePair.Create(variable.Key, (JsonNode?)variable.Value)));

    public static Term Function(string owner, References references, Cursor cursor)
    {
        var name = references.AtMember() ? references.TakeMember() : "";
        if (owner == "input" && name == "body") return new Given(scope => scope.Body);
        var arguments = cursor.Current == '(' ? references.ReadArguments() : null;
        return (owner == "input" ? Input(name, arguments, cursor) : Utility(name, arguments))
            ?? throw cursor.Error(
                $"${owner}.{name} is not supported like this; supported are {(owner == "input" ? Inputs : Utilities)}");
    }

    private static Term? Input(string name, IReadOnlyList<Term>? arguments, Cursor cursor) => (name, arguments) switch
    {
        ("params", []) => new Given(scope => new JsonObject
        {
            ["path"] = scope.Parameters.All("path"),
            ["querystring"] = scope.Parameters.All("querystring"),
            ["header"] = scope.Parameters.All("header"),
        }),
        ("params", [var parameter]) => new Given(scope => Parameter(scope.Parameters, parameter.Text(scope))),
        ("json", [Constant path]) when Path(path, cursor) is var found =>
            new Given(scope => found.Find(scope.Json()) is { } value ? JsonText.Write(value) : "\"\""),
        ("path", [Constant path]) when Path(path, cursor) is var found => new Given(scope => found.Find(scope.Json())),
        _ => null,
    };

    private static JsonPath Path(Constant path, Cursor cursor) =>
        JsonPath.TryParse(Values.Text(path.Value)) ?? throw cursor.Error(
            $"the JSONPath {Values.Text(path.Value)} is not supported; supported are $, .name, ['name'] and [0]");

    // Source: the same page: the path is searched first, then the query string, then the headers.
    private static string? Parameter(IRequestParameters parameters, string name) =>
        parameters.Find("path", name) ?? parameters.Find("querystring", name) ?? parameters.Find("header", name) ?? "";

    private static Term? Utility(string name, IReadOnlyList<Term>? arguments)
    {
        if (arguments is not [var argument]) return null;
        Func<string, JsonNode?>? work = name switch
        {
            "escapeJavaScript" => text => Values.EscapeJavaScript(text),
            "base64Encode" => text => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)),
            "base64Decode" => Decode,
            "urlEncode" => text => System.Net.WebUtility.UrlEncode(text),
            "urlDecode" => text => System.Net.WebUtility.UrlDecode(text),
            "parseJson" => Parse,
            _ => null,
        };
        return work is null ? null : new Given(scope => work(argument.Text(scope)));
    }

    private static JsonNode? Decode(string text)
    {
        try
        {
            return Encoding.UTF8.GetString(Convert.FromBase64String(text));
        }
        catch (FormatException)
        {
            throw new TemplateFailedException("base64Decode was given something else.");
        }
    }

    private static JsonNode? Parse(string text) =>
        JsonText.TryParse(text, out var value)
            ? value
            : throw new TemplateFailedException("parseJson was given something else.");
}
