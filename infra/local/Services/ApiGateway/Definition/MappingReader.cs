using Isobar.Local.Deployment;
using Isobar.Local.Services.ApiGateway.Mapping;

namespace Isobar.Local.Services.ApiGateway.Definition;

/// <summary>Reads templates and parameter mappings.</summary>
internal static class MappingReader
{
    /// <summary>A map of media types to templates.</summary>
    /// <param name="parse">How these templates are read.</param>
    public static IReadOnlyDictionary<string, MappingTemplate> Templates(
        PropertyReader owner, string name, Func<string, MappingTemplate> parse)
    {
        var templates = new Dictionary<string, MappingTemplate>(StringComparer.OrdinalIgnoreCase);
        if (owner.OptionalMap(name) is not { } map) return templates;
        foreach (var mediaType in map.Names.ToArray())
        {
            if (map.OptionalString(mediaType) is not { } text) continue;
            try
            {
                templates[mediaType] = parse(text);
            }
            catch (TemplateSyntaxException e)
            {
                map.Refuse(mediaType, $"line {e.Line} of the template: {e.Message}");
            }
        }

        return templates;
    }

    /// <summary>Headers of a response: <c>method.response.header.X</c> to a source.</summary>
    /// <param name="prefix"><c>method.response.header.</c> or <c>gatewayresponse.header.</c></param>
    public static IReadOnlyList<MappedHeader> Headers(PropertyReader owner, string prefix, bool isResponse)
    {
        var headers = new List<MappedHeader>();
        if (owner.OptionalMap("responseParameters") is not { } map) return headers;
        foreach (var target in map.Names.ToArray())
        {
            if (map.OptionalString(target) is not { } text) continue;
            var source = ParameterSource.TryParse(text, isResponse);
            var supported = isResponse ? ParameterSource.OfResponses : ParameterSource.OfRequests;
            if (!target.StartsWith(prefix, StringComparison.Ordinal))
                map.Refuse(target, $"is not supported; supported are {prefix}<name>");
            else if (source is null) map.Refuse(target, $"can't be {text}; supported are {supported}");
            else headers.Add(new MappedHeader(target[prefix.Length..], source));
        }

        return headers;
    }
}
