using System.Collections.Concurrent;
using Isobar.Local.Services;

namespace Isobar.Local.Tests.Services.CodeDeploy;

/// <summary>Stands in for CloudWatch: alarms whose state the test sets.</summary>
internal sealed class StubAlarms : IAlarms
{
    private readonly ConcurrentDictionary<string, AlarmStatus> alarms = [];
    private readonly ConcurrentDictionary<object, Action<AlarmStateChange>> listeners = [];

    public string Service => "cloudwatch";

    public int Listeners => listeners.Count;

    public bool Exists(Arn resource) => Find(resource) is not null;

    public void Put(Arn alarm, AlarmDefinition definition) => throw new NotSupportedException();

    public void Delete(Arn alarm) => alarms.TryRemove(alarm.Resource, out _);

    public AlarmStatus? Find(Arn alarm) => alarms.GetValueOrDefault(alarm.Resource);

    /// <summary>Sets an alarm's state, and makes it if there is none.</summary>
    public void Set(string name, AlarmState state)
    {
        var arn = new Arn("aws", Service, ModuleOnPortZero.Region, ModuleOnPortZero.AccountId, $"alarm:{name}");
        var before = alarms.GetValueOrDefault(arn.Resource);
        var definition = new AlarmDefinition(
            name, new Metric("AWS/Lambda", "Errors"), "Sum", TimeSpan.FromMinutes(1), 1, 1,
            "GreaterThanOrEqualToThreshold");
        var now = alarms[arn.Resource] = new AlarmStatus(arn, definition, state, "", DateTimeOffset.UnixEpoch);
        if (before is null || before.State == state) return;
        foreach (var listener in listeners.Values)
            listener(new AlarmStateChange(now, before.State, 1, DateTimeOffset.UnixEpoch));
    }

    public IDisposable Watch(Action<AlarmStateChange> listener)
    {
        var watch = new Watching(this);
        listeners[watch] = listener;
        return watch;
    }

    private sealed class Watching(StubAlarms owner) : IDisposable
    {
        public void Dispose() => owner.listeners.TryRemove(this, out _);
    }
}
