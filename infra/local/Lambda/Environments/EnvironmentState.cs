using Isobar.Local.History;
using Isobar.Local.Lambda.Processes;
using Isobar.Local.Ownership;

namespace Isobar.Local.Lambda.Environments;

/// <summary>One step of an environment's life. Names only; payloads stay out of the journal.</summary>
/// <param name="RequestId">The invocation that was open before or after the step.</param>
internal sealed record EnvironmentStepped(
    string FunctionName, string EnvironmentId, string Fact, string From, string To, string Effects, string? RequestId)
    : IFunctionFact;

/// <summary>What an environment's monitor owns: the phase and its processes.</summary>
/// <remarks>
/// Its effects are performed one after the other, so an effect may post further facts, and no two threads ever act for
/// the same environment.
/// </remarks>
internal sealed class EnvironmentState(string functionName, string environmentId, Phase first, Journal journal)
    : IDecidingState<Effect>
{
    private readonly Dictionary<string, Resident> residents = new(StringComparer.Ordinal);

    public Effects<Effect> Effects { get; } = new();

    public Phase Phase { get; private set; } = first;

    /// <summary>Takes a step.</summary>
    /// <returns>The refusal of this fact, if it was refused.</returns>
    public Reject? Take(string fact, Step step)
    {
        var from = Phase;
        Phase = step.Next;
        journal.Record(new EnvironmentStepped(
            functionName, environmentId, fact, from.GetType().Name, Phase.GetType().Name,
            EffectNames.Of(step.Effects), (Phase as Invoke ?? from as Invoke)?.Invocation.RequestId));

        Reject? refused = null;
        for (var i = 0; i < step.Effects.Count; i++)
        {
            if (step.Effects[i] is Reject reject) refused = reject;
            else Effects.Add(step.Effects[i]);
        }

        return refused;
    }

    /// <summary>A process is being started.</summary>
    public Resident Expect(string? extension) => residents[extension ?? ""] = new Resident();

    /// <returns>True when the process was to be killed before it had started.</returns>
    public static bool Attach(Resident resident, ChildProcess child)
    {
        resident.Child = child;
        return resident.KillWanted;
    }

    /// <summary>Finds a process that is to be killed; one that has not started yet dies when it does.</summary>
    public ChildProcess? FindToKill(string? extension)
    {
        if (!residents.TryGetValue(extension ?? "", out var resident)) return null;
        resident.KillWanted = true;
        return resident.Child;
    }

    public ChildProcess? Find(string? extension) => residents.GetValueOrDefault(extension ?? "")?.Child;

    /// <summary>The extension that was given this identifier, while its set of processes runs.</summary>
    public RegisteredExtension? FindExtension(Guid identifier)
    {
        foreach (var extension in Phase.Extensions)
        {
            if (identifier != Guid.Empty && extension.Identifier == identifier && extension.Alive)
                return new RegisteredExtension(identifier, extension.Name, extension.External, extension.Events);
        }

        return null;
    }

    public IReadOnlyList<ChildProcess> Running() =>
        [.. residents.Values.Select(resident => resident.Child).OfType<ChildProcess>()];

    public IReadOnlyList<int> RunningIds() => [.. Running().Select(child => child.Id)];

    public void Remove(string? extension) => residents.Remove(extension ?? "");

    /// <summary>A process between the decision to start it and its end.</summary>
    internal sealed class Resident
    {
        public ChildProcess? Child { get; set; }

        public bool KillWanted { get; set; }
    }
}

/// <summary>Names a step's effects for the journal, without building the same text at every invocation.</summary>
internal static class EffectNames
{
    public static string Of(IReadOnlyList<Effect> effects) => effects switch
    {
        [] => "",
        [var only] => only.GetType().Name,
        [WriteStart, ArmTimer, AnswerNext] => "WriteStart, ArmTimer, AnswerNext",
        [Thaw, WriteStart, ArmTimer, AnswerNext] => "Thaw, WriteStart, ArmTimer, AnswerNext",
        [ReportAnswered, CompleteInvocation] => "ReportAnswered, CompleteInvocation",
        [WriteRuntimeDone, WriteReport, ReportReady, ArmTimer] =>
            "WriteRuntimeDone, WriteReport, ReportReady, ArmTimer",
        _ => string.Join(", ", effects.Select(effect => effect.GetType().Name)),
    };
}
