using Isobar.Local.Services.ApiGateway.Definition;

namespace Isobar.Local.Services.ApiGateway.Requests;

/// <summary>A path that an API has, and the path parameters that a request gave it.</summary>
/// <param name="Methods">By name; empty for the mere beginning of longer paths.</param>
internal sealed record RouteMatch(
    IReadOnlyDictionary<string, ApiMethod> Methods, IReadOnlyDictionary<string, string> PathParameters);

/// <summary>
/// Finds the resource of a path: names before parameters before greedy parameters, segment by segment.
/// </summary>
internal sealed class RouteTable
{
    private readonly Resource root = new();

    public RouteTable(IEnumerable<ApiMethod> methods)
    {
        foreach (var method in methods)
        {
            var resource = root;
            foreach (var segment in Segments(method.ResourcePath)) resource = resource.Child(segment);
            resource.Methods[method.HttpMethod] = method;
        }
    }

    /// <summary>What is wrong with the paths of a definition.</summary>
    public static IEnumerable<string> Errors(IReadOnlyList<ApiMethod> methods)
    {
        var resources = new HashSet<string>(StringComparer.Ordinal) { "/" };
        foreach (var path in methods.Select(method => method.ResourcePath).Distinct())
        {
            if (!path.StartsWith('/')) yield return $"{path} must begin with /";
            if (path.Length > 1 && path.EndsWith('/')) yield return $"{path} must not end with /";
            var segments = Segments(path);
            for (var i = 0; i < segments.Length; i++)
            {
                resources.Add(string.Join('/', segments[..(i + 1)]));
                var isParameter = segments[i] is ['{', .., '}'];
                if (isParameter != segments[i].AsSpan().ContainsAny('{', '}'))
                    yield return $"{path}: a parameter must be a whole segment";
                if (segments[i].EndsWith("+}", StringComparison.Ordinal) && i < segments.Length - 1)
                    yield return $"{path}: a greedy parameter must come last";
            }
        }

        if (resources.Count > ApiGatewayLimits.MaxResources)
            yield return $"are {resources.Count} resources; an API has at most {ApiGatewayLimits.MaxResources}";
    }

    /// <param name="path">Begins with a slash; one at its end is passed over.</param>
    public RouteMatch? Find(string path)
    {
        var trimmed = path.Length > 1 && path.EndsWith('/') ? path[..^1] : path;
        var segments = trimmed == "/" ? [] : trimmed[1..].Split('/');
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        return Find(root, segments, parameters) is { } found ? new RouteMatch(found.Methods, parameters) : null;
    }

    private static string[] Segments(string path) => path.Split('/', StringSplitOptions.RemoveEmptyEntries);

    private static Resource? Find(Resource at, ReadOnlySpan<string> segments, Dictionary<string, string> parameters)
    {
        if (segments.Length == 0) return at;
        if (at.Named.GetValueOrDefault(segments[0]) is { } named && Find(named, segments[1..], parameters) is { } exact)
            return exact;
        if (at.Parameter is var (name, resource) && segments[0].Length > 0
            && Find(resource, segments[1..], parameters) is { } found)
        {
            parameters[name] = segments[0];
            return found;
        }

        if (at.Greedy is not var (greedy, last)) return null;
        parameters[greedy] = string.Join('/', segments!);
        return last;
    }

    private sealed class Resource
    {
        public Dictionary<string, Resource> Named { get; } = new(StringComparer.Ordinal);

        public Dictionary<string, ApiMethod> Methods { get; } = new(StringComparer.Ordinal);

        public (string Name, Resource Resource)? Parameter { get; private set; }

        public (string Name, Resource Resource)? Greedy { get; private set; }

        public Resource Child(string segment)
        {
            if (segment.EndsWith("+}", StringComparison.Ordinal))
                return (Greedy ??= (segment[1..^2], new Resource())).Resource;
            if (segment.StartsWith('{')) return (Parameter ??= (segment[1..^1], new Resource())).Resource;
            if (!Named.TryGetValue(segment, out var child)) Named[segment] = child = new Resource();
            return child;
        }
    }
}
