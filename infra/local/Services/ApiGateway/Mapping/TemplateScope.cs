using System.Text.Json.Nodes;

namespace Isobar.Local.Services.ApiGateway.Mapping;

/// <summary>The request's parameters as <c>$input.params()</c> gives them, and parameter mappings read them.</summary>
internal interface IRequestParameters
{
    /// <param name="location"><c>path</c>, <c>querystring</c> or <c>header</c>.</param>
    /// <returns>The last value, or null.</returns>
    string? Find(string location, string name);

    /// <returns>A new map of the names of one location to their last values.</returns>
    JsonObject All(string location);
}

/// <summary>What a template can read while it runs, and the variables that it sets.</summary>
/// <param name="body">What <c>$input</c> is: the request's body, or the integration's answer.</param>
internal sealed class TemplateScope(
    JsonObject context, IReadOnlyDictionary<string, string> stageVariables, IRequestParameters parameters, string body)
{
    private readonly Dictionary<string, JsonNode?> variables = new(StringComparer.Ordinal);
    private JsonNode? json;
    private bool isParsed;
    private int iterations;

    public JsonObject Context => context;

    public IReadOnlyDictionary<string, string> StageVariables => stageVariables;

    public IRequestParameters Parameters => parameters;

    /// <summary>The headers of the integration's answer, where there is one.</summary>
    public IReadOnlyDictionary<string, string> ResponseHeaders { get; init; } = new Dictionary<string, string>();

    /// <summary>An absent body counts as an empty object (recorded).</summary>
    public string Body => body.Length == 0 ? "{}" : body;

    public JsonNode? Get(string name) => variables.GetValueOrDefault(name);

    public void Set(string name, JsonNode? value) => variables[name] = value;

    /// <summary>The body as JSON; null when it is none.</summary>
    public JsonNode? Json()
    {
        if (!isParsed) JsonText.TryParse(Body, out json);
        isParsed = true;
        return json;
    }

    /// <summary>Counts one turn of a loop.</summary>
    /// <exception cref="TemplateFailedException">All loops together turned too often.</exception>
    public void Turn()
    {
        if (++iterations > ApiGatewayLimits.MaxTurnsInTemplate)
            throw new TemplateFailedException("The loops of the mapping template turn too often.");
    }
}
