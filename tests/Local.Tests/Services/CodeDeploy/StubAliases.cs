using System.Collections.Concurrent;
using Isobar.Local.Services;
using Isobar.Local.Wire;

namespace Isobar.Local.Tests.Services.CodeDeploy;

/// <summary>Stands in for Lambda: aliases, and what was asked of them in its order.</summary>
internal sealed class StubAliases : ITrafficAliases
{
    private readonly ConcurrentDictionary<string, AliasRouting> aliases = [];

    public string Service => "lambda";

    /// <summary>Every routing that an alias was given.</summary>
    public ConcurrentQueue<AliasRouting> Routings { get; } = [];

    /// <summary>Whether a routing is refused.</summary>
    public Func<AliasRouting, bool> Refuses { get; set; } = _ => false;

    public void Put(string alias, string version) => aliases[alias] = new AliasRouting(version);

    public bool Exists(Arn resource) => Find(resource) is not null;

    public AliasRouting? Find(Arn alias) => aliases.GetValueOrDefault(alias.Resource);

    public void Route(Arn alias, AliasRouting routing)
    {
        if (Refuses(routing)) throw new AwsException("InvalidParameterValueException", "The roles differ.");
        if (!aliases.ContainsKey(alias.Resource))
            throw new AwsException("ResourceNotFoundException", "Alias not found.", 404);
        aliases[alias.Resource] = routing;
        Routings.Enqueue(routing);
    }
}
