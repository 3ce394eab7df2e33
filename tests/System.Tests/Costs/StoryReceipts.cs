using System.Collections.Concurrent;
using Isobar.Local;
using Isobar.Local.Costs;

namespace Isobar.Stories.Costs;

/// <summary>
/// The hosts that stories run in their own process, by the collection of the story that started them: the stories of a
/// collection run one after the other, those of different collections may run at the same time.
/// </summary>
internal static class StoryReceipts
{
    private static readonly ConcurrentDictionary<string, Account> Accounts = new();

    private static Account Current => Accounts.GetOrAdd(
        TestContext.Current.TestCollection?.UniqueID ?? "", _ => new Account());

    /// <summary>From now on a host is on the receipts of the collection's stories.</summary>
    /// <returns>The host.</returns>
    public static LocalHost Follow(LocalHost host)
    {
        Current.Hosts[host] = Receipt.Empty;
        return host;
    }

    /// <summary>A host that has ended; what it did since the story began stays on the story's receipt.</summary>
    public static void Leave(LocalHost host)
    {
        foreach (var account in Accounts.Values)
            if (account.Hosts.TryRemove(host, out var before))
                account.Ended = account.Ended.Plus(host.Accountant.Read().Since(before));
    }

    /// <summary>The story begins: what was used before is not on its receipt.</summary>
    public static void Begin()
    {
        var account = Current;
        account.Ended = Receipt.Empty;
        foreach (var host in account.Hosts.Keys) account.Hosts[host] = host.Accountant.Read();
    }

    /// <summary>What the story has used so far.</summary>
    public static Receipt Read()
    {
        var account = Current;
        var sum = account.Ended;
        foreach (var (host, before) in account.Hosts)
            sum = sum.Plus(host.Accountant.Read().Since(before));
        return sum;
    }

    private sealed class Account
    {
        /// <summary>With what each had used when the story began.</summary>
        public ConcurrentDictionary<LocalHost, Receipt> Hosts { get; } = new();

        /// <summary>What the story's hosts that ended already had used.</summary>
        public Receipt Ended { get; set; } = Receipt.Empty;
    }
}
