using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>What an authorizer answered: who calls, what the caller may do, and what the integration is told.</summary>
/// <remarks>Source: API Gateway Developer Guide, "Output from an API Gateway Lambda authorizer".</remarks>
internal sealed class Authorization
{
    private readonly IReadOnlyList<Statement> statements;

    private Authorization(IReadOnlyList<Statement> statements, JsonObject context) =>
        (this.statements, Context) = (statements, context);

    /// <summary><c>principalId</c> and the authorizer's context, all as strings.</summary>
    public JsonObject Context { get; }

    /// <returns>Null when it is no such answer: the authorizer is misconfigured.</returns>
    public static Authorization? TryRead(ReadOnlySpan<byte> payload)
    {
        if (!JsonText.TryParse(payload, out var json) || json is not JsonObject answer
            || Text(answer["principalId"]) is not { } principal || answer["policyDocument"] is not JsonObject policy
            || ReadContext(answer["context"]) is not { } context) return null;
        var written = policy["Statement"] is JsonArray list ? [.. list] : new[] { policy["Statement"] };
        var statements = written.Select(Statement.TryRead).ToArray();
        if (statements.Any(statement => statement is null)) return null;
        context["principalId"] = principal;
        return new Authorization(statements!, context);
    }

    /// <summary>Whether a method may be called: a denial wins, and what is not allowed is denied.</summary>
    /// <returns>Null when it may.</returns>
    public GatewayError? Refuse(string methodArn)
    {
        var matching = statements.Where(statement => statement.Matches(methodArn)).ToArray();
        if (matching.Any(statement => !statement.Allows)) return GatewayError.ExplicitlyDenied;
        return matching.Length > 0 ? null : GatewayError.AccessDenied;
    }

    /// <summary>Maps and lists are not allowed in it.</summary>
    private static JsonObject? ReadContext(JsonNode? context)
    {
        var read = new JsonObject();
        if (context is null) return read;
        if (context is not JsonObject map) return null;
        foreach (var (name, value) in map)
        {
            if (value is JsonObject or JsonArray) return null;
            if (value is not null) read[name] = Values.Text(value);
        }

        return read;
    }

    private static string? Text(JsonNode? value) =>
        value?.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : null;

    /// <param name="Resources">ARNs with <c>*</c> and <c>?</c>.</param>
    private sealed record Statement(bool Allows, bool IsInvoke, IReadOnlyList<Regex> Resources)
    {
        private static readonly string[] Known = ["Sid", "Effect", "Action", "Resource"];

        /// <returns>Null when it is none, or has elements whose effect is not known here (a Condition).</returns>
        public static Statement? TryRead(JsonNode? node)
        {
            if (node is not JsonObject map || map.Any(member => !Known.Contains(member.Key))
                || Text(map["Effect"]) is not ("Allow" or "Deny") || Texts(map["Action"]) is not { } actions
                || Texts(map["Resource"]) is not { } resources) return null;
            return new Statement(
                Text(map["Effect"]) == "Allow",
                actions.Any(action => Wildcards(action, ignoreCase: true).IsMatch("execute-api:Invoke")),
                [.. resources.Select(resource => Wildcards(resource, ignoreCase: false))]);
        }

        public bool Matches(string methodArn) =>
            IsInvoke && Resources.Any(resource => Definition.BoundedRegex.Matches(resource, methodArn));

        private static string[]? Texts(JsonNode? node)
        {
            if (node is not JsonArray list) return Text(node) is { } one ? [one] : null;
            var texts = list.Select(Text).ToArray();
            return texts.Any(text => text is null) ? null : [.. texts.Select(text => text!)];
        }

        // Without backtracking, so that no policy can hold a thread.
        private static Regex Wildcards(string pattern, bool ignoreCase) => new(
            $@"^{Regex.Escape(pattern).Replace(@"\*", ".*").Replace(@"\?", ".")}\z",
            RegexOptions.NonBacktracking | RegexOptions.Singleline | RegexOptions.CultureInvariant
                | (ignoreCase ? RegexOptions.IgnoreCase : RegexOptions.None));
    }
}
