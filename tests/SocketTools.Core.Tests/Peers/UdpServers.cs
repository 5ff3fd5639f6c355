using System.Collections.Generic;

namespace SocketTools.Tests;

/// <summary>Servers of Debian's packages, on loopback or on <see cref="OwnNetwork.LinkAddress"/>, at their protocols' own ports.</summary>
internal static class UdpServers
{
    public static Dictionary<string, UdpServerPlan> All { get; } = new()
    {
        ["dnsmasq"] = new(
            "dnsmasq", "--keep-in-foreground", "--conf-file=/dev/null", "--pid-file=", "--no-resolv", "--no-hosts", "--user=root",
            "--listen-address=127.0.0.1", "--bind-interfaces", "--server=127.0.0.1#5399", "--enable-tftp", "--tftp-root=FOLDER"),
        ["named"] = new("named", "-g", "-c", "FOLDER/conf")
        {
            Files = { ["conf"] = """options { directory "FOLDER"; listen-on { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; }; controls {};""" },
        },
        ["named, refusing"] = new("named", "-g", "-c", "FOLDER/conf")
        {
            Files = { ["conf"] = """options { directory "FOLDER"; listen-on { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none; session-keyfile none; recursion no; allow-query { none; }; }; controls {};""" },
        },
        ["unbound"] = new("unbound", "-d", "-c", "FOLDER/conf")
        {
            Files = { ["conf"] = "server:\n interface: 127.0.0.1\n do-daemonize: no\n chroot: \"\"\n username: \"\"\n pidfile: \"\"\n directory: \"FOLDER\"\nremote-control:\n control-enable: no\n" },
        },
        ["nsd"] = new("nsd", "-d", "-c", "FOLDER/conf")
        {
            Files = { ["conf"] = "server:\n ip-address: 127.0.0.1\n pidfile: \"\"\n zonesdir: \"FOLDER\"\n username: \"\"\n database: \"\"\n zonelistfile: \"FOLDER/zl\"\n xfrdfile: \"FOLDER/xf\"\nremote-control:\n control-enable: no\n" },
        },
        ["chronyd"] = new("chronyd", "-d", "-x", "-u", "root", "-f", "FOLDER/conf")
        {
            Files = { ["conf"] = "bindaddress 127.0.0.1\nallow 127.0.0.1\nlocal stratum 10\ncmdport 0\npidfile FOLDER/pid\n" },
        },
        ["snmpd"] = new("snmpd", "-f", "-Lo", "-C", "-c", "FOLDER/conf", "udp:127.0.0.1:161")
        {
            Files = { ["conf"] = "rocommunity public\n" },
            Prepare = "export SNMP_PERSISTENT_DIR=FOLDER",
        },
        ["rpcbind"] = new("rpcbind", "-f") { Prepare = "mkdir /run/rpcbind" },
        ["memcached"] = new("memcached", "-u", "root", "-l", "127.0.0.1", "-U", "11211"),
        ["turnserver"] = new(
            "turnserver", "--no-cli", "--listening-ip=127.0.0.1", "--log-file=stdout", "--pidfile=FOLDER/pid", "--userdb=FOLDER/db",
            "--cert=FOLDER/cert.pem", "--pkey=FOLDER/key.pem"),
        ["openvpn"] = new(
            "openvpn", "--tls-server", "--dev", "null", "--proto", "udp", "--local", "127.0.0.1", "--dh", "none",
            "--ca", "FOLDER/cert.pem", "--cert", "FOLDER/cert.pem", "--key", "FOLDER/key.pem"),
        ["freeradius"] = new("freeradius", "-f", "-X") { Prepare = "mkdir -p /run/freeradius /var/log/freeradius /var/lib/freeradius" },
        ["krb5kdc"] = new("krb5kdc", "-n", "-r", "EXAMPLE.TEST")
        {
            Files =
            {
                ["krb5.conf"] = "[libdefaults]\n default_realm = EXAMPLE.TEST\n",
                ["kdc.conf"] = "[kdcdefaults]\n kdc_listen = 127.0.0.1:88\n kdc_tcp_listen = 127.0.0.1:88\n[realms]\n EXAMPLE.TEST = {\n  database_name = FOLDER/principal\n  key_stash_file = FOLDER/stash\n }\n",
            },
            Prepare = "export KRB5_CONFIG=FOLDER/krb5.conf KRB5_KDC_PROFILE=FOLDER/kdc.conf; /usr/sbin/kdb5_util create -s -P secret -r EXAMPLE.TEST",
        },
        ["nmbd"] = new("nmbd", "--foreground", "--no-process-group", "--debug-stdout", "--configfile=FOLDER/conf")
        {
            Files = { ["conf"] = "[global]\n netbios name = tester\n interfaces = near\n bind interfaces only = yes\n" },
            Prepare = "mkdir -p /run/samba /var/lib/samba/private /var/cache/samba /var/log/samba",
        },
        ["kamailio"] = new("kamailio", "-DD", "-E", "-Y", "FOLDER", "-P", "FOLDER/pid", "-f", "FOLDER/conf")
        {
            Files = { ["conf"] = "#!KAMAILIO\nlisten=udp:127.0.0.1:5060\nchildren=1\nlog_stderror=yes\nloadmodule \"sl.so\"\nrequest_route { sl_send_reply(\"200\", \"OK\"); }\n" },
        },
        ["charon"] = new("/usr/lib/ipsec/charon")
        {
            Files = { ["conf"] = "charon {\n filelog { stdout { } }\n load = random nonce aes sha1 sha2 hmac gmp openssl kernel-netlink socket-default\n}\n" },
            Prepare = "export STRONGSWAN_CONF=FOLDER/conf",
        },
        ["coap-server"] = new("coap-server-notls", "-A", "127.0.0.1"),
        ["coap-server, DTLS"] = new("coap-server-openssl", "-A", "127.0.0.1", "-k", "secret", "-h", "hint"),
        ["inetd"] = new("inetd", "-d", "-i", "FOLDER/conf")
        {
            Files = { ["conf"] = Internal("echo") + Internal("daytime") + Internal("chargen") + Internal("time") },
        },
        ["ipmi_sim"] = new("ipmi_sim", "-c", "FOLDER/conf", "-f", "FOLDER/emu", "-s", "FOLDER", "-n")
        {
            Files =
            {
                ["conf"] = "name \"tester\"\nset_working_mc 0x20\nstartlan 1\n addr 127.0.0.1 623\n priv_limit admin\n allowed_auths_admin none md5\nendlan\nuser 1 true \"\" \"test\" user 10 none md5\n",
                ["emu"] = "mc_setbmc 0x20\nmc_add 0x20 0 no-device-sdrs 0x23 9 8 0x9f 0x1291 0xf02 persist_sdr\nmc_enable 0x20\n",
            },
        },
        ["xdm"] = new("xdm", "-nodaemon", "-config", "FOLDER/conf")
        {
            Files =
            {
                ["conf"] = "DisplayManager.servers: FOLDER/none\nDisplayManager.accessFile: FOLDER/access\nDisplayManager.requestPort: 177\nDisplayManager.pidFile: FOLDER/pid\nDisplayManager.errorLogFile: FOLDER/errors\nDisplayManager.authDir: FOLDER\n",
                ["none"] = "",
                ["access"] = "*\n",
            },
        },
        ["tftpd"] = new("in.tftpd", "--foreground", "--user", "root", "--address", "127.0.0.1:69", "--secure", "FOLDER"),
        ["avahi-daemon"] = new("avahi-daemon", "-f", "FOLDER/conf", "--no-drop-root", "--no-chroot", "--no-rlimits")
        {
            Files = { ["conf"] = "[server]\nhost-name=tester\nenable-dbus=no\nallow-interfaces=near\nuse-ipv6=no\n[publish]\npublish-workstation=yes\n" },
            Prepare = "mkdir -p /run/avahi-daemon",
        },
        ["caddy"] = new("caddy", "run", "--config", "FOLDER/conf", "--adapter", "caddyfile")
        {
            Files = { ["conf"] = "{\n admin off\n auto_https off\n}\nhttps://localhost:443 {\n tls FOLDER/cert.pem FOLDER/key.pem\n respond hello\n}\n" },
            Prepare = "export HOME=FOLDER",
        },
        ["xl2tpd"] = new("xl2tpd", "-D", "-c", "FOLDER/conf", "-p", "FOLDER/pid", "-C", "FOLDER/control")
        {
            Files = { ["conf"] = "[global]\nlisten-addr = 127.0.0.1\n[lns default]\nip range = 10.78.0.2-10.78.0.9\nlocal ip = 10.78.0.1\n" },
        },
        ["knxd"] = new("knxd", "-e", "0.0.1", "-E", "0.0.2:8", "-D", "-T", "-R", "-S", "-b", "dummy:"),
        ["aria2c"] = new(
            "aria2c", "--enable-dht=true", "--dht-listen-port=6881", "--listen-port=6882", "--dht-file-path=FOLDER/dht", "--dir=FOLDER",
            "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567"),
    };

    private static string Internal(string service) => $"{OwnNetwork.LinkAddress}:{service} dgram udp wait root internal\n";
}
