namespace Isobar.Functions.Tests.Simulation;

/// <summary>What the scheduler decides about a step: a call of a worker to the world outside.</summary>
internal enum Fate
{
    Goes,

    /// <summary>The worker is lost; the call was never made.</summary>
    LostBefore,

    /// <summary>The call took effect, but the worker never learns of it.</summary>
    LostAfter,

    /// <summary>The call fails without effect, or with part of it where that is possible.</summary>
    FailsBefore,

    /// <summary>The call took effect, but looks as if it failed.</summary>
    FailsAfter,
}

/// <summary>Ends a lost worker: whatever it still tries throws this, so nothing of it reaches the world.</summary>
internal sealed class WorkerLostException : Exception;

/// <summary>A call that failed for a reason outside the application.</summary>
internal sealed class CallFailedException() : IOException("The connection was reset.");

/// <summary>
/// One invocation without a process. It stops before each of its steps until the scheduler decides about it, so that
/// at any time at most one worker runs, and a seed decides everything.
/// </summary>
/// <param name="messages">What it was invoked with, if by a queue.</param>
internal sealed class Worker(string function, IReadOnlyList<Message> messages)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private TaskCompletionSource<Fate> permit = new();
    private TaskCompletionSource parked = NewParked();

    public string Function => function;

    public IReadOnlyList<Message> Messages => messages;

    /// <summary>The step before which it waits.</summary>
    public string Step { get; private set; } = "";

    public bool IsLost { get; private set; }

    public bool IsOver { get; private set; }

    /// <summary>What the invocation ended with, if not well.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>The messages that were handled well.</summary>
    public HashSet<Message> Succeeded { get; } = [];

    /// <summary>Runs to the first step, or to the end.</summary>
    public Task StartAsync(Func<Worker, Task> body)
    {
        _ = RunAsync(body);
        return parked.Task.WaitAsync(Patience);
    }

    /// <summary>Decides about the step, and lets the worker run to the next one, or to the end.</summary>
    public Task DecideAsync(Fate fate)
    {
        parked = NewParked();
        permit.SetResult(fate);
        return parked.Task.WaitAsync(Patience);
    }

    /// <param name="effect">What the step does.</param>
    /// <param name="fail">How it fails without effect, where it can fail in a way of its own.</param>
    public async Task<T> StepAsync<T>(string step, Func<Task<T>> effect, Func<Task<T>>? fail = null)
    {
        if (IsLost) throw new WorkerLostException();
        Step = step;
        permit = new TaskCompletionSource<Fate>(TaskCreationOptions.RunContinuationsAsynchronously);
        parked.SetResult();
        var fate = await permit.Task;
        if (fate == Fate.LostBefore) throw Lose();
        if (fate == Fate.FailsBefore) return fail is null ? throw new CallFailedException() : await fail();
        var result = await effect();
        return fate switch
        {
            Fate.LostAfter => throw Lose(),
            Fate.FailsAfter => throw new CallFailedException(),
            _ => result,
        };
    }

    private async Task RunAsync(Func<Worker, Task> body)
    {
        try
        {
            await body(this);
        }
        catch (Exception e)
        {
            Failure = e;
        }

        IsOver = true;
        parked.SetResult();
    }

    private WorkerLostException Lose()
    {
        IsLost = true;
        return new WorkerLostException();
    }

    private static TaskCompletionSource NewParked() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
