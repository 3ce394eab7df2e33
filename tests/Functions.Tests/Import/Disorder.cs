namespace Isobar.Functions.Tests.Import;

/// <summary>
/// What at-least-once delivery may do to those who work at the same time: each call to the world outside may be lost
/// before or after it takes effect, and others may get in between. A seed decides everything.
/// </summary>
internal sealed class Disorder(Random random)
{
    private const double LossRate = 0.1;
    private const int DeepestNesting = 3;
    private const int MostDeliveries = 5_000;

    private readonly List<Func<Task>> pending = [];
    private int nesting;

    /// <summary>From now on nothing is lost.</summary>
    public bool IsCalm { get; set; }

    public int Losses { get; private set; }

    /// <summary>Delivers something between one and three times, at some time.</summary>
    public void Send(Func<Task> delivery) => SendTimes(delivery, random.Next(1, 4));

    /// <summary>Delivers something once, at some time.</summary>
    public void SendOnce(Func<Task> delivery) => SendTimes(delivery, 1);

    /// <summary>Delivers until nothing is left, in an order of chance.</summary>
    public async Task SettleAsync()
    {
        for (var deliveries = 0; pending.Count > 0; deliveries++)
        {
            Assert.True(deliveries < MostDeliveries, "It never comes to an end.");
            await DeliverOneAsync();
        }
    }

    /// <summary>A call to the world outside.</summary>
    public async Task<T> CallAsync<T>(Func<Task<T>> call)
    {
        Lose();
        while (nesting < DeepestNesting && pending.Count > 0 && random.Next(4) == 0) await DeliverOneAsync();
        var answer = await call();
        Lose();
        return answer;
    }

    private void SendTimes(Func<Task> delivery, int times)
    {
        for (; times > 0; times--) pending.Add(delivery);
    }

    private async Task DeliverOneAsync()
    {
        var at = random.Next(pending.Count);
        var delivery = pending[at];
        pending.RemoveAt(at);
        nesting++;
        try
        {
            await delivery();
        }
        finally
        {
            nesting--;
        }
    }

    private void Lose()
    {
        if (IsCalm || random.NextDouble() >= LossRate) return;
        Losses++;
        throw new LostException();
    }
}

/// <summary>The caller was killed here, or never heard the answer.</summary>
internal sealed class LostException : Exception;
