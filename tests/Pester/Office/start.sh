# The office of the README's tour: a few hosts at addresses of this network namespace, which is a network of its own.
# Arguments: an empty folder for its files, the pwsh to use, and the manifest of the module under test.
set -e
cd "$1"
office=$(dirname "$0")

# Whatever goes to the street, to which all other addresses belong, is lost.
ip link add office type veth peer name street
ip link set office arp off up
ip link set street up
ip addr add 10.0.0.1/24 dev office
while read -r address name; do
    ip addr add "$address/32" dev lo
    echo "$address $name" >>/etc/hosts
done <<'HOSTS'
10.0.0.11 db1
10.0.0.12 db2
10.0.0.13 db3
10.0.0.21 web1
10.0.0.22 web2
10.0.0.31 mail1
10.0.0.41 app1
10.0.0.42 app2
HOSTS

# The firewall before db3 drops what goes to its database.
ip rule add pref 10 lookup local
ip rule del pref 0
ip route add default dev office table 100
ip rule add pref 5 to 10.0.0.13 ipproto tcp dport 5432 lookup 100

# web1 and web2 can be logged in to, and have names of their own.
mkdir -p modules /run/sshd
chmod 755 /run/sshd
ln -s "$(dirname "$3")" modules/SocketTools
ssh-keygen -q -t ed25519 -N '' -f host_key
ssh-keygen -q -t ed25519 -N '' -f key
cat >ssh_config <<CONFIG
IdentityFile $1/key
StrictHostKeyChecking no
UserKnownHostsFile /dev/null
GlobalKnownHostsFile /dev/null
LogLevel ERROR
CONFIG
mount --bind ssh_config /etc/ssh/ssh_config
for host in web1 web2; do
    unshare --uts sh -c 'hostname "$1"; shift; exec "$@"' sh "$host" /usr/sbin/sshd -D -f /dev/null -h "$1/host_key" \
        -o ListenAddress="$(sed -n "s/ $host\$//p" /etc/hosts)" -o PidFile=none -o UsePAM=no -o StrictModes=no -o AuthorizedKeysFile="$1/key.pub" \
        -o Subsystem="powershell $2 -sshs -NoLogo -NoProfile" -o SetEnv="PSModulePath=$1/modules" -E "$1/$host.log" &
done

cp "$office/fleet.csv" "$office/deploy.ps1" "$office/update.ps1" .
echo "hosts: files" >/etc/nsswitch.conf
mount -t tmpfs none /etc/ssl/certs
exec "$2" -NoProfile -NonInteractive -File "$office/servers.ps1" "$3" >servers.log 2>&1
