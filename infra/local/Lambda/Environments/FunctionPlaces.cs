namespace Isobar.Local.Lambda.Environments;

/// <summary>One function version's environments, and the invocations that wait for one.</summary>
/// <param name="runsAlone">Of all functions for which this is true there is one environment at a time.</param>
internal sealed class FunctionPlaces(FunctionConfiguration function, bool runsAlone)
{
    private readonly Queue<Waiter> synchronous = new();
    private readonly Queue<Waiter> background = new();

    // Whether a synchronous invocation was the latest to pass a background one that had lost its patience.
    private bool passed;

    public FunctionConfiguration Function { get; } = function;

    public bool RunsAlone { get; } = runsAlone;

    /// <summary>Another instance of this version has been invoked since: its environments are not used again.</summary>
    public bool IsSuperseded { get; set; }

    /// <summary>How many environments are to be there, for a provisioned configuration.</summary>
    public int Provisioned { get; set; }

    /// <summary>No provisioned environment is started before, because an init phase failed.</summary>
    public DateTimeOffset ProvisionAfter { get; set; }

    /// <summary>Environments that are there and initialized.</summary>
    public int Available
    {
        get
        {
            var available = 0;
            foreach (var slot in Slots)
                available += slot.ReadySince is not null && slot.State != SlotState.Leaving ? 1 : 0;
            return available;
        }
    }

    /// <summary>The slots of this function, also those that are being vacated.</summary>
    public List<Slot> Slots { get; } = [];

    public int Waiting => synchronous.Count + background.Count;

    public int WaitingSynchronously => synchronous.Count;

    /// <summary>Places that will be vacated for this function, counted while places are given out.</summary>
    public int Promised { get; set; }

    /// <summary>Found while places are given out: there is nothing more for it now.</summary>
    public bool IsServed { get; set; }

    /// <summary>Found while places are given out: all that it may have are taken and busy.</summary>
    public bool IsSaturated { get; set; }

    /// <summary>Places with an environment that was not told to end.</summary>
    public int Held
    {
        get
        {
            var held = 0;
            foreach (var slot in Slots) held += slot.State == SlotState.Leaving ? 0 : 1;
            return held;
        }
    }

    /// <summary>Environments that start or work.</summary>
    public int Active
    {
        get
        {
            var active = 0;
            foreach (var slot in Slots) active += slot.IsActive ? 1 : 0;
            return active;
        }
    }

    /// <summary>When an invocation of it last got an environment.</summary>
    public DateTimeOffset ServedAt { get; set; }

    /// <summary>Since when it waits for its turn: its oldest invocation came, or one that waited was served.</summary>
    public DateTimeOffset WaitingSince => OldestSince > ServedAt ? OldestSince : ServedAt;

    /// <summary>Since when its oldest invocation waits; only where one does.</summary>
    public DateTimeOffset OldestSince => (synchronous.TryPeek(out var first), background.TryPeek(out var other)) switch
    {
        (true, true) => first.Since < other.Since ? first.Since : other.Since,
        (true, false) => first.Since,
        _ => other.Since,
    };

    /// <summary>Environments that will take an invocation soon: those that start or have just answered.</summary>
    /// <param name="answered">The earliest instant of an answer that still counts.</param>
    public int Coming(DateTimeOffset answered)
    {
        var coming = 0;
        foreach (var slot in Slots)
        {
            if (slot.State == SlotState.Starting
                || (slot.State == SlotState.Answered && slot.AnsweredAt > answered)) coming++;
        }

        return coming;
    }

    /// <summary>Places that it could use: for what waits and works, and for what was idle since an instant.</summary>
    public int Demand(DateTimeOffset used)
    {
        var demand = Waiting;
        foreach (var slot in Slots)
        {
            if (slot.State is SlotState.Busy or SlotState.Answered
                || (slot.State == SlotState.Idle && slot.IdleSince > used)) demand++;
        }

        return demand;
    }

    /// <summary>The idle environment that was used last.</summary>
    public Slot? LastUsed()
    {
        Slot? found = null;
        foreach (var slot in Slots)
        {
            if (slot.State == SlotState.Idle && (found is null || slot.IdleSince > found.IdleSince)) found = slot;
        }

        return found;
    }

    public void Add(Invocation invocation, DateTimeOffset now) =>
        Line(invocation.Request.Priority).Enqueue(new Waiter(invocation, now));

    /// <summary>Takes the invocation whose turn it is: synchronous ones pass others, but not for ever.</summary>
    /// <param name="impatient">One in the background that waits since then is passed by one at a time.</param>
    /// <param name="withBackground">Whether one in the background may be taken.</param>
    public Invocation? Take(DateTimeOffset impatient, bool withBackground)
    {
        var overdue = withBackground && background.TryPeek(out var oldest) && oldest.Since <= impatient;
        var line = synchronous.Count > 0 && !(overdue && passed) ? synchronous : background;
        passed = overdue && line == synchronous;
        return line == background && !withBackground ? null : line.TryDequeue(out var next) ? next.Invocation : null;
    }

    public bool IsWaiting(Invocation invocation) =>
        Line(invocation.Request.Priority).Any(waiter => waiter.Invocation == invocation);

    /// <summary>Takes every invocation that waits.</summary>
    public IEnumerable<Invocation> TakeAll()
    {
        Invocation[] all = [.. synchronous.Concat(background).Select(waiter => waiter.Invocation)];
        synchronous.Clear();
        background.Clear();
        return all;
    }

    private Queue<Waiter> Line(InvocationPriority priority) =>
        priority == InvocationPriority.Synchronous ? synchronous : background;

    private readonly record struct Waiter(Invocation Invocation, DateTimeOffset Since);
}
