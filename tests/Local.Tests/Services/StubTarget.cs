using System.Collections.Concurrent;
using System.Text;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services;

/// <summary>Stands in for all resources of one service: keeps the events that it is given, or refuses them.</summary>
internal sealed class StubTarget(string service) : ITarget
{
    private readonly ConcurrentDictionary<string, int> refusals = [];

    public ConcurrentQueue<(string Resource, TargetEvent Event)> Events { get; } = [];

    public string Service => service;

    /// <summary>What refusals throw.</summary>
    public Func<Exception> Refusal { get; set; } = () => new InvalidOperationException("The target refuses.");

    /// <summary>Resources that do not exist.</summary>
    public ConcurrentDictionary<string, bool> Missing { get; } = [];

    public bool Exists(Arn resource) => !Missing.ContainsKey(resource.Resource);

    /// <summary>Refuses so many events for a resource from now on.</summary>
    public void Refuse(string resource, int count) => refusals[resource] = count;

    /// <summary>The payloads that a resource was given, as text.</summary>
    public string[] Texts(string resource) => [.. Events.Where(heard => heard.Resource == resource)
        .Select(heard => Encoding.UTF8.GetString(heard.Event.Payload.Span))];

    public ValueTask DeliverAsync(Arn resource, TargetEvent happened, CancellationToken cancellationToken)
    {
        if (refusals.AddOrUpdate(resource.Resource, -1, (_, left) => left - 1) >= 0) throw Refusal();
        Events.Enqueue((resource.Resource, happened));
        return ValueTask.CompletedTask;
    }
}
