using System.Text.RegularExpressions;
using Isobar.Local.Lambda.EventSources;
using Isobar.Local.Ownership;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Lambda.Control.Operations;

/// <summary>The tags of functions and event source mappings.</summary>
/// <remarks>Source: AWS Lambda API Reference, TagResource, UntagResource and ListTags; texts as recorded.</remarks>
internal sealed partial class Tags(
    Monitor<FunctionRegistry> functions, EventSourceMappings mappings, string region)
{
    private const string ArnPattern =
        @"arn:(aws[a-zA-Z-]*):lambda:(eusc-)?[a-z]{2}((-gov)|(-iso([a-z]?)))?-[a-z]+-\d{1}:"
        + @"\d{12}:(function:[a-zA-Z0-9-_]+(:(\$LATEST|[a-zA-Z0-9-_]+))?|layer:([a-zA-Z0-9-_]+)|"
        + @"code-signing-config:csc-[a-z0-9]{17}|event-source-mapping:[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-"
        + @"[0-9a-fA-F]{4}-[0-9a-fA-F]{12}|capacity-provider:[a-zA-Z0-9-_]+)";

    private const int MaxKeyCharacters = 128;
    private const int MaxValueCharacters = 256;

    /// <exception cref="AwsException">
    /// ValidationException: no ARN of Lambda's; ResourceNotFoundException; InvalidParameterValueException: a version or
    /// alias, no tags, or more than 50.
    /// </exception>
    public async ValueTask AddAsync(RestRequest request)
    {
        var resource = Resource(request);
        var body = await JsonBody.ReadAsync(request, PermissionJson.Wire.TagResourceRequest);
        if (body.Tags is not { Count: > 0 } added)
            throw LambdaErrors.InvalidParameter("An error occurred and the request cannot be processed.");
        Check(added);
        Change(resource, tags =>
        {
            foreach (var (key, value) in added) tags[key] = value;
            if (tags.Count > LambdaLimits.MaxTags)
                throw LambdaErrors.InvalidParameter("Number of tags exceeds resource tag limit.");
        });
        await JsonBody.AnswerNoContent(request);
    }

    /// <exception cref="AwsException">As <see cref="AddAsync"/>; a key that is not there is no error.</exception>
    public ValueTask RemoveAsync(RestRequest request)
    {
        var resource = Resource(request);
        var keys = request.Http.Request.Query["tagKeys"];
        if (keys.Count == 0)
            throw LambdaErrors.Validation(
                "Value null at 'tagKeys' failed to satisfy constraint: Member must not be null");
        Change(resource, tags =>
        {
            foreach (var key in keys) tags.Remove(key!);
        });
        return JsonBody.AnswerNoContent(request);
    }

    /// <exception cref="AwsException">As <see cref="AddAsync"/>.</exception>
    public ValueTask ListAsync(RestRequest request)
    {
        var found = Change(Resource(request), _ => { });
        return JsonBody.WriteAsync(
            request, json => FunctionView.WriteMap(
                json, "Tags", [.. found.Select(tag => (tag.Key, (object)tag.Value))]));
    }

    /// <summary>Checks the forms of keys and values.</summary>
    /// <exception cref="AwsException">InvalidParameterValueException.</exception>
    public static void Check(IReadOnlyDictionary<string, string> tags)
    {
        foreach (var (key, value) in tags)
        {
            if (key.Length is 0 or > MaxKeyCharacters || value.Length > MaxValueCharacters
                || key.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                throw LambdaErrors.InvalidParameter(
                    "A tag has a key of 1 to 128 characters that does not begin with aws:, and a value of "
                    + "at most 256.");
        }

        if (tags.Count > LambdaLimits.MaxTags)
            throw LambdaErrors.InvalidParameter("Number of tags exceeds resource tag limit.");
    }

    private SortedDictionary<string, string> Change(Arn resource, Action<SortedDictionary<string, string>> change)
    {
        var parts = resource.Resource.Split(':');
        return (parts[0], parts.Length) switch
        {
            ("function", 2) => ChangeFunction(parts[1], resource, change),
            ("function", _) => throw LambdaErrors.InvalidParameter(
                "Tags on function aliases and versions are not supported. Please specify a function ARN."),
            ("event-source-mapping", _) => mappings.ChangeTags(parts[1], change)
                ?? throw LambdaErrors.NotFound($"Event source mapping not found: {resource}"),
            ("capacity-provider", _) => throw LambdaErrors.NotFound($"Capacity provider not found: {resource}"),
            ("layer", _) => throw LambdaErrors.InvalidParameter("Tags of layers are not supported on this host."),
            _ => throw LambdaErrors.ResourceNotFound(),
        };
    }

    private SortedDictionary<string, string> ChangeFunction(
        string name, Arn resource, Action<SortedDictionary<string, string>> change) =>
        functions.Ask((registry, _) =>
        {
            if (resource.Region != region || registry.Entry(name) is not { } entry)
                throw LambdaErrors.FunctionNotFound(resource.ToString());
            var tags = new SortedDictionary<string, string>(
                entry.Latest.Tags.ToDictionary(), StringComparer.Ordinal);
            change(tags);
            entry.Latest = entry.Latest with { Tags = tags };
            return tags;
        });

    private static Arn Resource(RestRequest request)
    {
        if (!ArnText().IsMatch(request.Label))
            throw LambdaErrors.Validation(LambdaErrors.Constraint(
                request.Label, "resource", $"satisfy regular expression pattern: {ArnPattern}"));
        return Arn.TryParse(request.Label)!;
    }

    [GeneratedRegex($@"^{ArnPattern}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        matchTimeoutMilliseconds: 1_000)]
    private static partial Regex ArnText();
}
