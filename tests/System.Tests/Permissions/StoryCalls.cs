using System.Collections.Concurrent;
using System.Reflection;
using Isobar.Local.Wire;

namespace Isobar.Stories.Permissions;

/// <summary>What the calls on a host are for.</summary>
internal enum CallPhase
{
    /// <summary>To prepare what is there before the stories on AWS; they are not noted.</summary>
    Preparing,

    /// <summary>To find the stack, as on AWS.</summary>
    Finding,

    /// <summary>A story, while one runs.</summary>
    Stories,
}

/// <summary>
/// Notes what the stories that can run on AWS call on the local host, as IAM names it; what functions call, with roles
/// of their own, is left out.
/// </summary>
/// <param name="next">Is asked after this one; null to allow all.</param>
internal sealed class StoryCalls(IRequestGate? next = null) : IRequestGate
{
    // The key of the distribution on the local host.
    private const string Edge = "cloudfront";

    private static readonly ConcurrentDictionary<ResourceAction, string> Noted = new();
    private static readonly ConcurrentDictionary<string, bool> Begun = new();

    // By collection, whose stories run one at a time, as its hosts are called by them alone. Requests are answered on
    // other threads, which know of no test.
    private static readonly ConcurrentDictionary<string, string> Running = new();

    private readonly string collection = Collection;

    /// <summary>The calls noted so far, each with the first story that made it.</summary>
    public static IReadOnlyDictionary<ResourceAction, string> All => Noted;

    /// <summary>The stories that can run on AWS and did not run here yet.</summary>
    public static IReadOnlyList<string> NotRun =>
        [.. Portable().Select(NameOf).Where(name => !Begun.ContainsKey(name)).Order(StringComparer.Ordinal)];

    public CallPhase Phase { get; set; }

    private static string Collection => TestContext.Current.TestCollection?.UniqueID ?? "";

    public static void Begin(MethodInfo method)
    {
        if (!IsPortable(method)) return;
        Begun[NameOf(method)] = true;
        Running[Collection] = NameOf(method);
    }

    public static void End() => Running.TryRemove(Collection, out _);

    public void Check(AuthorizationRequest request)
    {
        Note(request);
        next?.Check(request);
    }

    private void Note(AuthorizationRequest request)
    {
        var caller = Phase switch
        {
            CallPhase.Preparing => null,
            CallPhase.Finding => "every run",
            _ => Running.GetValueOrDefault(collection),
        };
        // What the distribution writes, its log, is no story's call.
        if (request.Principal.AccessKey == Edge) return;
        if (caller is null || !request.Principal.Name.EndsWith(":root", StringComparison.Ordinal)) return;
        foreach (var action in request.Actions) Noted.TryAdd(action, caller);
    }

    private static IEnumerable<MethodInfo> Portable() =>
        from type in typeof(StoryCalls).Assembly.GetTypes()
        where TargetGateAttribute.IsStory(type)
        from method in type.GetMethods()
        where method.GetCustomAttribute<FactAttribute>() is not null && IsPortable(method)
        select method;

    private static bool IsPortable(MethodInfo method) =>
        TargetGateAttribute.IsStory(method.ReflectedType!)
        && TargetGateAttribute.TargetsOf(method).Contains(Target.Aws);

    private static string NameOf(MethodInfo method) => $"{method.ReflectedType!.Name}.{method.Name}";
}
